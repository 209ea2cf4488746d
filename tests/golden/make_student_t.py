"""Golden numbers for lib/analysis/student_t.ts and paired_difference.ts, from SciPy: python make_student_t.py writes
student_t.json beside itself."""
import json
import pathlib

import scipy
from scipy import stats

DEGREES = [1, 2, 3, 4, 5, 6, 9, 10, 29, 30, 199]
SAMPLES = {
    "three": ([51.2, 49.8, 50.9], [50.1, 49.9, 49.0]),
    "five": ([70.4, 69.1, 71.3, 70.0, 68.8], [70.0, 69.9, 70.1, 68.2, 69.5]),
    "two": ([1.0, 2.0], [0.5, 0.25]),
}


def paired(after, before, confidence):
    result = stats.ttest_rel(after, before)
    low, high = result.confidence_interval(confidence)
    differences = [a - b for a, b in zip(after, before)]
    return {
        "after": after, "before": before, "confidence": confidence,
        "mean": sum(differences) / len(differences),
        "standardError": float(stats.sem(differences)), "low": float(low), "high": float(high),
    }


if __name__ == "__main__":
    golden = {
        "scipy": scipy.__version__,
        "probabilities": [
            {"t": t, "degrees": degrees, "within": float(1 - 2 * stats.t.sf(t, degrees))}
            for degrees in DEGREES for t in (0.0, 0.1, 1.0, 2.5, 12.0)
        ],
        "critical": [
            {"confidence": confidence, "degrees": degrees,
             "t": float(stats.t.ppf((1 + confidence) / 2, degrees))}
            for degrees in DEGREES for confidence in (0.0, 0.5, 0.9, 0.95, 0.99)
        ],
        "paired": [paired(*sample, confidence) for sample in SAMPLES.values() for confidence in (0.9, 0.95)],
    }
    path = pathlib.Path(__file__).with_name("student_t.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
