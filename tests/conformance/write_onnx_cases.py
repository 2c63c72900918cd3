# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the single-operator cases that the installed onnx package generates, in the form of its own test runner.

Usage: write_onnx_cases.py FOLDER. Only cases of the default operator domain are written.
"""
import os
import sys
import warnings

import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases


def message(value, type_proto):
    """The array, sequence or optional value as the message that the runner stores."""
    if isinstance(value, onnx.TensorProto):
        return value
    if type_proto is not None and type_proto.HasField("optional_type"):
        return numpy_helper.from_optional(value)
    if isinstance(value, list):
        return numpy_helper.from_list(value)
    return numpy_helper.from_array(value)


def write(path, proto):
    with open(path, "wb") as file:
        file.write(proto.SerializeToString())


def main():
    warnings.simplefilter("ignore")
    root = sys.argv[1]
    for case in collect_testcases(None):
        domains = {node.domain for node in case.model.graph.node}
        if any(domain.startswith("ai.onnx.") for domain in domains):
            continue
        folder = os.path.join(root, case.name)
        os.makedirs(folder, exist_ok=True)
        write(os.path.join(folder, "model.onnx"), case.model)
        for number, (inputs, outputs) in enumerate(case.data_sets):
            data = os.path.join(folder, f"test_data_set_{number}")
            os.makedirs(data, exist_ok=True)
            for kind, values, infos in (("input", inputs, case.model.graph.input), ("output", outputs, case.model.graph.output)):
                for index, value in enumerate(values):
                    info = infos[index].type if index < len(infos) else None
                    write(os.path.join(data, f"{kind}_{index}.pb"), message(value, info))


if __name__ == "__main__":
    main()
