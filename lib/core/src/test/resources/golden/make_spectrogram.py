"""Golden values for the spectrogram, by scipy.signal.stft and numpy (independent of the library).

Run: python3 make_spectrogram.py   (Debian: python3-numpy python3-scipy). Writes spectrogram.json beside itself.
"""
import json
import pathlib

import numpy as np
from scipy import signal

RATE, WINDOW, HOP, POINTS, SIDE = 44_100, 1455, 970, 2048, 96
LENGTH, MOMENT = 60_000, .3
rng = np.random.default_rng(23)

t = np.arange(LENGTH) / RATE
sound = .4 * np.sin(2 * np.pi * (300 * t + 2000 * t * t)) + .1 * np.sin(2 * np.pi * 9000 * t)
sound += .01 * np.sin(.7 * np.arange(LENGTH, dtype=float) ** 2)
sound[LENGTH - 5000:] = 0
sound[12_345] = .9
sound = sound.astype(np.float32)


def spectrogram(samples):
    """Frequencies by windows, -1 (-80 dB) to 1 (a sine of full strength, whose spectrum is 1/2)."""
    _, seconds, spectrum = signal.stft(
        samples.astype(float), RATE, window="hann", nperseg=WINDOW, noverlap=WINDOW - HOP, nfft=POINTS,
        boundary=None, padded=False, scaling="spectrum")
    with np.errstate(divide="ignore"):
        decibels = 20 * np.log10(2 * np.abs(spectrum))
    return seconds, np.clip(decibels, -80, 0) / 40 + 1


def square(values):
    """Means over frequencies by differences of the running sum; over time by np.interp."""
    bins, windows = values.shape
    edges = np.arange(SIDE + 1) * bins / SIDE
    total = np.vstack([np.zeros(windows), np.cumsum(values, 0)])
    at_edges = np.stack([np.interp(edges, np.arange(bins + 1), column) for column in total.T], 1)
    rows = np.diff(at_edges, axis=0) * SIDE / bins
    x = (np.arange(SIDE) + .5) / SIDE
    middles = (np.arange(windows) + .5) / windows
    return np.stack([np.interp(x, middles, row) for row in rows])[::-1]


def some(values, count):
    return [[int(i), int(j), float(values[i, j])] for i, j in
            zip(rng.integers(0, values.shape[0], count), rng.integers(0, values.shape[1], count))]


seconds, values = spectrogram(sound)
second = np.zeros(RATE, np.float32)
first = round((MOMENT - .5) * RATE)
second[-first:] = sound[:RATE + first]
golden = {
    "length": LENGTH, "columns": values.shape[1], "seconds": seconds[:5].tolist(),
    "values": some(values.T, 300), "square": some(square(values), 200), "moment": MOMENT,
    "around": some(square(spectrogram(second)[1]), 200),
}
pathlib.Path(__file__).with_name("spectrogram.json").write_text(json.dumps(golden) + "\n")
print(values.shape, np.argmax(spectrogram(np.sin(2 * np.pi * 1000 * t))[1], 0)[:5])
