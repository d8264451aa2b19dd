"""How the check-in page looks: large, plain, the same on a telephone of ten years ago."""

from html import escape

from meetingroom.wording import language, tr

STYLE = """
body{margin:0 auto;padding:16px;max-width:560px;font:22px/1.4 sans-serif;color:#16202e;
background:#fff}
h1{font-size:28px;line-height:1.25;margin:8px 0 16px}
label{display:block;margin:0 0 8px}
input{display:block;width:100%;box-sizing:border-box;font-size:44px;padding:12px;
border:2px solid #5b6675;border-radius:8px;letter-spacing:6px;text-align:center}
button{display:block;width:100%;margin:16px 0 0;padding:16px;font-size:24px;font-weight:bold;
color:#fff;background:#17408b;border:2px solid #17408b;border-radius:8px}
button.name{text-align:left;color:#16202e;background:#fff;border-color:#aab4c2;margin-top:10px}
button.back{color:#17408b;background:#fff}
.no{padding:12px;background:#fbe9e7;color:#8c1d12;border-radius:8px}
.yes{color:#1b6b2f}
.who{font-size:30px;font-weight:bold}
.small{margin-top:32px;font-size:16px;color:#4a5565}
"""


def looks(body: str) -> str:
    """The whole page around a step of the form."""
    words = tr("This page is not encrypted. It shows names of this meeting only, and no papers.")
    return f"""<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(tr("Check in to the meeting"))}</title><style>{STYLE}</style></head>
<body>{body}<p class="small">{escape(words)}</p></body></html>"""
