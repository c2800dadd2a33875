"""Documents that leave the house, in the layout of Nghị định 30/2020/NĐ-CP: PDF and .docx from one model, .xlsx."""

from chongdich.integrations.typesetting.pdf import render_pdf
from chongdich.integrations.typesetting.picture import render_png
from chongdich.integrations.typesetting.word import render_docx
from chongdich.integrations.typesetting.xlsx import neutralised, render_xlsx

__all__ = ["neutralised", "render_docx", "render_pdf", "render_png", "render_xlsx"]
