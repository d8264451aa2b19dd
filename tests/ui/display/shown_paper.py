"""What tests of the display do first."""


def show_the_paper(office, display):
    """The only paper on the screen, its pages known."""
    paper = next(iter(display.meeting.papers.values()))
    office.wait(lambda: display._context.desk.paper_path(paper.current.blob))
    display.turning.show_paper(paper.paper)
    office.wait(lambda: display.canvas.stage().paper == paper.paper)
    office.wait(lambda: display.canvas.pages.shape(paper.current.blob))
    office.wait(lambda: display.meeting.scene.scene == "paper")
