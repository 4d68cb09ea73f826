"""What is measured on: the shipped policy and workbooks of invented clients."""
