"""What ``doctor`` says."""

TEXT: dict[str, dict[str, str]] = {
    "doctor-well": {
        "en": "This installation is fit to plan. Warnings: {warnings}",
        "zh": "安装正常，可以使用。警告：{warnings}",
    },
    "doctor-ill": {
        "en": "This installation is not fit to plan. Faults: {faults}, warnings: {warnings}",
        "zh": "安装存在问题，暂不能使用。错误：{faults}，警告：{warnings}",
    },
    "doctor-python": {"en": "Python {version} ({path})", "zh": "Python {version}（{path}）"},
    "doctor-python-other": {
        "en": "Versions {first} to {last} were tried. Install tierstock with one of these.",
        "zh": "已验证的版本为 {first} 至 {last}，请改用其中之一安装 tierstock。",
    },
    "doctor-packages": {"en": "packages: {listed}", "zh": "依赖包：{listed}"},
    "doctor-lacking": {
        "en": "packages that are missing or too old: {listed}",
        "zh": "缺少或版本过旧的依赖包：{listed}",
    },
    "doctor-install": {"en": "Run: {command}", "zh": "请运行：{command}"},
    "doctor-untried": {
        "en": "newer than what was tried: {listed}",
        "zh": "比已验证的版本更新：{listed}",
    },
    "doctor-untried-do": {
        "en": "It may well work: the solver's answers are checked below, every plan is audited.",
        "zh": "通常可以使用：下方会检验求解器的答案，每份计划也都经过审计。",
    },
    "doctor-unloaded": {
        "en": "a package cannot be loaded: {detail}",
        "zh": "依赖包无法加载：{detail}",
    },
    "doctor-solver": {
        "en": "solver HiGHS {version}: {count} models with known answers solved rightly in "
        "{seconds} s",
        "zh": "求解器 HiGHS {version}：{count} 个已知答案的模型全部正确，用时 {seconds} 秒",
    },
    "doctor-wrong": {
        "en": "solver HiGHS {version}: models with a wrong answer: {count}.",
        "zh": "求解器 HiGHS {version}：{count} 个模型的答案有误。",
    },
    "doctor-solver-do": {
        "en": 'Run: pip install --upgrade "highspy>=1.15"; then: tierstock doctor',
        "zh": '请运行：pip install --upgrade "highspy>=1.15"，然后再运行：tierstock doctor',
    },
    "doctor-memory": {
        "en": "memory: {memory}, cores: {cores}",
        "zh": "内存：{memory}，核数：{cores}",
    },
    "doctor-memory-do": {
        "en": "Large networks will not fit. Plan fewer products or periods at once, or use a "
        "machine with more memory; a plan says beforehand what it needs.",
        "zh": "大型网络可能放不下。请一次少计划一些产品或期间，或换用内存更大的机器；"
        "plan 会预先说明所需内存。",
    },
    "working-folder": {"en": "working folder", "zh": "工作文件夹"},
    "temporary-folder": {"en": "folder for temporary files", "zh": "临时文件夹"},
    "doctor-folder": {
        "en": "{folder}: {path}, {free} free",
        "zh": "{folder}：{path}，可用空间 {free}",
    },
    "doctor-unwritable": {
        "en": "{folder}: {path} cannot be written to",
        "zh": "{folder}：{path} 无法写入",
    },
    "doctor-working-folder-do": {
        "en": "Work in a folder of your own, or name one for the results: tierstock plan FILE -o "
        "FOLDER",
        "zh": "请在自己的文件夹中工作，或指定结果文件夹：tierstock plan FILE -o 文件夹",
    },
    "doctor-no-temporary": {
        "en": "no folder for temporary files can be written to",
        "zh": "没有可写的临时文件夹",
    },
    "doctor-temporary-folder-do": {
        "en": "Set the variable TMPDIR (Windows: TEMP) to a folder you may write to.",
        "zh": "请将环境变量 TMPDIR（Windows：TEMP）设为可写的文件夹。",
    },
    "doctor-disk-do": {
        "en": "The disk is nearly full. Make room before a plan is written.",
        "zh": "磁盘空间不足，请在写出计划之前清理。",
    },
    "doctor-encoding": {
        "en": "characters: console {console}, names of files {files}",
        "zh": "字符编码：控制台 {console}，文件名 {files}",
    },
    "doctor-encoding-lost": {
        "en": "characters: console {console}, names of files {files}; {listed} holds no Chinese",
        "zh": "字符编码：控制台 {console}，文件名 {files}；{listed} 无法表示中文",
    },
    "doctor-encoding-do": {
        "en": "Set the variable PYTHONUTF8=1, and in a Windows console first: chcp 65001. Files "
        "are written rightly all the same.",
        "zh": "请设置环境变量 PYTHONUTF8=1；Windows 控制台请先运行 chcp 65001。"
        "写出的文件不受影响。",
    },
    "doctor-optional": {"en": "{name}: {use}", "zh": "{name}：{use}"},
    "doctor-optional-missing": {
        "en": "{name} is not installed; only needed for {use}",
        "zh": "未安装 {name}；仅用于{use}",
    },
    "doctor-databases": {"en": "databases as input", "zh": "以数据库为输入"},
    "doctor-parquet": {"en": "Parquet files", "zh": "Parquet 文件"},
    "doctor-maps": {"en": "maps of tierstock import", "zh": "tierstock import 的映射文件"},
    "doctor-second-solver": {
        "en": "a second solver for tierstock plan --verify",
        "zh": "tierstock plan --verify 的第二求解器",
    },
    "doctor-notebooks": {"en": "notebooks", "zh": "笔记本（Jupyter）"},
}
"""Sentences; the same fields in both languages."""
