"""What the charts of the workbook show: a few rows each, computed from the whole portfolio."""
