"""The pen: ink under the point at once, smoothed and thinned when the pen is lifted."""

from meetingroom.domain.geometry import InkPoint
from meetingroom.domain.ink import finished
from meetingroom.domain.marks import Ink
from meetingroom.ui.page.grip import Grip, Touch
from meetingroom.ui.page.live_ink import JITTER_PX
from meetingroom.ui.theme import current_theme


class PenGrip(Grip):
    """A stroke a press."""

    def press(self, touch: Touch) -> None:
        view = self.view
        lines = current_theme().marks.lines
        colour = lines.get(view.line_colour, lines["pen"])
        width = view.pen_width * view.lens.scale
        view.ink.start(width, colour, view.size(), view.devicePixelRatioF())
        self.move(touch)

    def move(self, touch: Touch) -> None:
        point = InkPoint(touch.at.x, touch.at.y, round(touch.pressure, 3))
        self.view.update(self.view.ink.add(point, touch.where))
        self.view.ink_grew.emit(self.view.ink.points)

    def release(self) -> None:
        view = self.view
        if not view.ink.is_down:
            return
        points, damaged = view.ink.end()
        stroke = finished(points, view.pen_width, self.reach(JITTER_PX))
        view.update(damaged)
        view.make(Ink(strokes=(stroke,), width=view.pen_width))

    def cancel(self) -> None:
        if self.view.ink.is_down:
            self.view.update(self.view.ink.end()[1])
            self.view.ink_grew.emit(None)
