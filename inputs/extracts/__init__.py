"""Raw extracts of ERP, WMS and POS systems in, one workbook and a log of every change out."""
