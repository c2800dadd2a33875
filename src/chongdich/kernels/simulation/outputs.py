"""The daily figures the kernel keeps, in the order of the first axis of its output arrays."""

INFECTIONS, IMPORTED, SAMPLES, POSITIVES, DETECTED, DETECTED_IN_QUARANTINE, F1, F2 = range(8)
TO_CENTRAL, TO_HOME, SEVERE, CRITICAL, DEATHS = range(8, 13)
IN_CENTRAL, IN_HOME, IN_MILD, IN_HOME_TREATMENT, IN_SEVERE, IN_CRITICAL = range(13, 19)
OUTPUTS = 19
FIRST_STOCK = IN_CENTRAL  # from here on: people present at the end of the day, not people per day

NAMES = (
    "infections",
    "imported",
    "samples",
    "positives",
    "detected",
    "detected_in_quarantine",
    "f1",
    "f2",
    "to_central",
    "to_home",
    "severe",
    "critical",
    "deaths",
    "in_central",
    "in_home",
    "in_mild",
    "in_home_treatment",
    "in_severe",
    "in_critical",
)

LAB_WAITING, CASES_TO_TRACE, PLACES_AWAITED, BEDS_SEVERE_AWAITED, BEDS_CRITICAL_AWAITED = range(5)
QUEUES = 5
QUEUE_NAMES = ("lab_waiting", "cases_to_trace", "places_awaited", "beds_severe_awaited", "beds_critical_awaited")
