"""The network of specs/regression_and_classification.json by hand, fitted for a step: how one finds mistakes today."""

import keras
import numpy as np

features = keras.Input((100,), name="features")
trunk = keras.layers.Dense(64, activation="relu")(features)
trunk = keras.layers.Dense(32, activation="relu")(trunk)
regression = keras.layers.Dense(1)(trunk)
classification = keras.layers.Dense(3, activation="softmax")(trunk)
model = keras.Model(features, {"regression_output": regression, "classification_output": classification})
model.compile(
    optimizer="adam",
    loss={"regression_output": "mse", "classification_output": "categorical_crossentropy"},
    metrics={"regression_output": ["mae"], "classification_output": ["accuracy"]},
)
model.fit(
    np.zeros((32, 100), "float32"),
    {"regression_output": np.zeros((32, 1)), "classification_output": np.eye(3)[np.zeros(32, int)]},
    verbose=0,
)
