"""The network of specs/regression_and_classification.json by hand, saved and exported to the folder given."""

import sys
from pathlib import Path

import keras

folder = Path(sys.argv[1])
features = keras.Input((100,), name="features")
trunk = keras.layers.Dense(64, activation="relu")(features)
trunk = keras.layers.Dense(32, activation="relu")(trunk)
regression = keras.layers.Dense(1)(trunk)
classification = keras.layers.Dense(3, activation="softmax")(trunk)
model = keras.Model({"features": features}, {"regression_output": regression, "classification_output": classification})
model.compile(
    optimizer="adam",
    loss={"regression_output": "mse", "classification_output": "categorical_crossentropy"},
    metrics={"regression_output": ["mae"], "classification_output": ["accuracy"]},
)
folder.mkdir(parents=True, exist_ok=True)
model.save(folder / "model.keras")
model.export(folder / "saved_model", verbose=False)
