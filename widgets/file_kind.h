// SPDX-License-Identifier: GPL-3.0-or-later
/// What a file is to the window, and which files belong together (gui.md 4.8).
#pragma once

#include <QStringList>

#include "widgets/design_loader.h"

namespace bitwright {

enum class FileKind { Model, Project, Configuration, Array };

/// By extension, and by content where the extension says too little. Unknown files are taken for models: the
/// importer says what is wrong with them. A folder stands for the configuration of the exported project in it.
FileKind fileKind(const QString& path);
/// Whether the name of an array says that it holds labels: "y_test.npy", "labels.npy", "jets_y.npy".
bool isLabelName(const QString& path);
/// The labels that lie beside an array of inputs: "y_test.npy" for "x_test.npy"; empty when there are none.
QString labelsBeside(const QString& inputPath);
/// The configuration file of an exported project folder; empty when there is none.
QString configurationIn(const QString& folder);

/// Files that were dropped or chosen together, sorted by what they are.
struct FileSelection {
    QString model;
    QString project;
    QString configuration;
    QStringList inputs;
    QString labels;

    static FileSelection sorted(const QStringList& paths);
    bool hasData() const { return !inputs.isEmpty() || !labels.isEmpty(); }
};

/// Paths of a data set for @p model: by input name where the file's name is one, else in order.
DatasetPaths datasetPaths(const QStringList& inputs, const QString& labels, const Model* model);

} // namespace bitwright
