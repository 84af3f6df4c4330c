"""matplotlib_pages.py PAGES TEXTS STROKES FILLS FILE: the same pages with matplotlib; prints the
processor seconds that they took."""
import sys
import time

import matplotlib
matplotlib.use("pdf")
from matplotlib.backends.backend_pdf import PdfPages  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Rectangle  # noqa: E402

pages, texts, strokes, fills = map(int, sys.argv[1:5])
begin = time.process_time()
with PdfPages(sys.argv[5]) as pdf:
    for page in range(pages):
        figure = Figure(figsize=(8.27, 11.69))
        for i in range(fills):
            figure.add_artist(Rectangle((0.1 + i % 400 / 600, 0.95 - i * 5 % 740 / 842), 0.1, 0.007, color="#12436D"))
        for i in range(strokes):
            y = 0.95 - i * 3 % 740 / 842
            figure.add_artist(Line2D([0.1, 0.9], [y, y], linewidth=0.5, color="#D9D9D9"))
        for i in range(texts):
            word = (page * 7 + i * 13) % 400
            figure.text(0.08 + i % 8 * 0.1, 0.95 - i // 8 * 9 % 740 / 842,
                        f"area {word} of all" if word % 2 else f"1,{word:03}.5", fontsize=8)
        pdf.savefig(figure)
print(f"{time.process_time() - begin:.3f}")
