"""Documents that leave the house, in the layout of Nghị định 30/2020/NĐ-CP: PDF, .docx and .xlsx from one model."""

from chongdich.integrations.typesetting.pdf import render_pdf

__all__ = ["render_pdf"]
