"""上下级条款对照表 and 督查台账: what the graph says of one pair or one document, as rows, and as pages in xlsx, docx, html and csv."""
