"""What the commands say of files that cannot be read or written."""

TEXT: dict[str, dict[str, str]] = {
    "changed": {
        "en": "{name} changed while it was being read or planned; run again. Nothing was written.",
        "zh": "{name} 在读取或计划过程中被修改，请重新运行。未写出任何文件。",
    },
    "file": {
        "en": "{path}: {detail}. Old files are intact.",
        "zh": "{path}：{detail}。原有文件完好。",
    },
    "file-only": {"en": "{detail}. Old files are intact.", "zh": "{detail}。原有文件完好。"},
    "output-lost": {
        "en": "Not all that was said could be written to the output ({detail}).",
        "zh": "部分输出信息未能写出（{detail}）。",
    },
    "no-scratch": {
        "en": "there is no folder for temporary files; name one in the variable TMPDIR",
        "zh": "没有可用的临时文件夹；请在环境变量 TMPDIR 中指定",
    },
    "disk-needs": {
        "en": "{detail}: the file takes {needed}, and {free} are free",
        "zh": "{detail}：需要 {needed}，剩余 {free}",
    },
    "disk-takes": {"en": "{detail}: the file takes {needed}", "zh": "{detail}：需要 {needed}"},
    "errno-ENOENT": {"en": "the file or its folder does not exist", "zh": "文件或其文件夹不存在"},
    "errno-ENOTDIR": {"en": "its folder is no folder", "zh": "其上级不是文件夹"},
    "errno-EISDIR": {"en": "it is a folder", "zh": "这是一个文件夹"},
    "errno-EACCES": {
        "en": "no permission; it may be read-only or open in Excel",
        "zh": "没有权限；可能是只读，或正在 Excel 中打开",
    },
    "errno-EPERM": {
        "en": "no permission; it may be protected",
        "zh": "没有权限；文件可能受保护",
    },
    "errno-EROFS": {"en": "the disk is read-only", "zh": "磁盘为只读"},
    "errno-ENOSPC": {"en": "the disk is full", "zh": "磁盘已满"},
    "errno-EDQUOT": {"en": "your share of the disk is used up", "zh": "您的磁盘配额已用完"},
    "errno-EFBIG": {
        "en": "the file becomes larger than this system allows",
        "zh": "文件超过系统允许的大小",
    },
    "errno-EIO": {
        "en": "the disk does not answer as it should; copy what matters to another one",
        "zh": "磁盘读写出错；请将重要文件复制到其他磁盘",
    },
    "errno-ELOOP": {
        "en": "it is a link that leads back to itself",
        "zh": "这是一个指向自身的链接",
    },
    "errno-ENAMETOOLONG": {
        "en": "the name is too long; choose a shorter one",
        "zh": "文件名过长，请改短",
    },
    "errno-ENXIO": {"en": "it is a device, no file", "zh": "这是设备，不是文件"},
    "errno-EBUSY": {
        "en": "another program is at work in it; close it there",
        "zh": "其他程序正在使用；请先在该程序中关闭",
    },
    "held-output": {
        "en": "{path} is open in another program, so it stays as it is; the new one goes to "
        "{other}.",
        "zh": "{path} 正在其他程序中打开，保持不变；新文件写入 {other}。",
    },
    "busy": {
        "en": "{path} is being written by another run. Wait for it, or write elsewhere.",
        "zh": "另一次运行正在写入 {path}。请等待其结束，或写到其他位置。",
    },
    "busy-here": {
        "en": "{path} is being written by another run (process {pid}, since {since}). Wait for it, "
        "or write elsewhere.",
        "zh": "另一次运行（进程 {pid}，始于 {since}）正在写入 {path}。请等待其结束，"
        "或写到其他位置。",
    },
    "busy-there": {
        "en": "{path} is being written by a run on the computer {host} (process {pid}, since "
        "{since}). Wait for it, or write elsewhere. If nothing runs there any more, delete {lock}.",
        "zh": "计算机 {host} 上的运行（进程 {pid}，始于 {since}）正在写入 {path}。请等待其结束，"
        "或写到其他位置。如果那里已没有运行，请删除 {lock}。",
    },
    "lock-left": {
        "en": "An earlier run (process {pid}, since {since}) ended before it had written {path}; "
        "this one takes over.",
        "zh": "先前的运行（进程 {pid}，始于 {since}）在写出 {path} 之前已中断；由本次运行接手。",
    },
}
"""Sentences; the same fields in both languages."""
