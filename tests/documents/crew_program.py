"""A program with a crew and pixels in hand, for a test that kills it."""

import sys
import time
from pathlib import Path

from meetingroom.documents.crew import Crew
from meetingroom.domain.paper import STEPS_PER_POINT, Drawing

if __name__ == "__main__":
    crew = Crew(workers=1)  # which has answered: it is past its own start
    crew.open("a", Path(sys.argv[1])).result(30)
    held = [
        crew.draw(Drawing(blob="a", page=0, step=STEPS_PER_POINT * n)).result(30) for n in (1, 2)
    ]
    print(*crew.workers, flush=True)
    time.sleep(600)
