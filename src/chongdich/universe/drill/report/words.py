"""Words and numbers of the report as Vietnamese writes them."""

from chongdich.universe.drill.report.figures import AIM, Findings, Share


def percent(share: Share) -> str:
    """ "83,3 %"; a dash where there is nothing to divide by."""
    return "–" if share.percent is None else f"{share.percent:.1f} %".replace(".", ",")


def title(findings: Findings) -> str:
    """What the report is called."""
    return "Báo cáo sau diễn tập phòng, chống dịch" + ("" if findings.finished else " (chưa kết thúc)")


def span(findings: Findings) -> str:
    """The drill in a sentence."""
    told = findings.options
    staff = "nhân viên tự động" if told["staff"] == "auto" else "người thật trên màn hình"
    return (
        f"Từ {findings.since:%d/%m/%Y} đến {findings.until:%d/%m/%Y} (giờ diễn tập); hạt giống {told['seed']}; "
        f"{len(told['communes'])} xã, {told['people']} người giả lập; {staff}, mức chậm {told['slowness']:g}, "
        f"mức nhiễu số liệu {told['noise']:g}."
    )


def bases(findings: Findings) -> list[str]:
    """Which clock is set by which document; the others are aims."""
    law = [f"“{clock.label}”: {clock.basis}." for clock in findings.clocks if clock.basis != AIM]
    return [*dict.fromkeys(law), "Các thời hạn còn lại là mốc tham khảo, không phải quy định."]
