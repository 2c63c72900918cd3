// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/file_kind.h"

#include "widgets/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace bitwright {

namespace {

constexpr qint64 kHeadBytes = 64 * 1024;

QString lowerStem(const QString& path)
{
    return QFileInfo(path).completeBaseName().toLower();
}

} // namespace

QString configurationIn(const QString& folder)
{
    const QStringList found = QDir(folder).entryList({QStringLiteral("hls4ml_config.y*ml"), QStringLiteral("*.yml"), QStringLiteral("*.yaml")},
                                                     QDir::Files, QDir::Name);
    const auto named = std::find_if(found.begin(), found.end(),
                                    [](const QString& name) { return name.startsWith(QLatin1String("hls4ml_config")); });
    if (named != found.end())
        return QDir(folder).filePath(*named);
    return found.isEmpty() ? QString() : QDir(folder).filePath(found.front());
}

FileKind fileKind(const QString& path)
{
    const QString extension = QFileInfo(path).suffix().toLower();
    if (QFileInfo(path).isDir())
        return configurationIn(path).isEmpty() ? FileKind::Model : FileKind::Configuration;
    if (extension == QLatin1String("npy"))
        return FileKind::Array;
    if (extension == QLatin1String("yml") || extension == QLatin1String("yaml"))
        return FileKind::Configuration;
    if (extension == QLatin1String("bitwright"))
        return FileKind::Project;
    if (extension == QLatin1String("json")) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly) && isProjectText(file.read(kHeadBytes).toStdString()))
            return FileKind::Project;
    }
    return FileKind::Model;
}

bool isLabelName(const QString& path)
{
    static const QRegularExpression pattern(QStringLiteral("^y$|^y[_\\-.]|[_\\-.]y$|[_\\-.]y[_\\-.]|label|target"));
    return pattern.match(lowerStem(path)).hasMatch();
}

QString labelsBeside(const QString& inputPath)
{
    static const QRegularExpression x(QStringLiteral("(^|[_\\-.])x(?=$|[_\\-.])"), QRegularExpression::CaseInsensitiveOption);
    const QFileInfo info(inputPath);
    QString stem = info.completeBaseName();
    const QString paired = stem.replace(x, QStringLiteral("\\1y"));
    if (paired == info.completeBaseName())
        return {};
    const QString candidate = info.dir().filePath(paired + QLatin1Char('.') + info.suffix());
    return QFileInfo::exists(candidate) ? candidate : QString();
}

FileSelection FileSelection::sorted(const QStringList& paths)
{
    FileSelection selection;
    for (const QString& path : paths) {
        switch (fileKind(path)) {
        case FileKind::Model: selection.model = path; break;
        case FileKind::Project: selection.project = path; break;
        case FileKind::Configuration:
            selection.configuration = QFileInfo(path).isDir() ? configurationIn(path) : path;
            break;
        case FileKind::Array:
            if (isLabelName(path))
                selection.labels = path;
            else
                selection.inputs.append(path);
            break;
        }
    }
    if (selection.labels.isEmpty() && selection.inputs.size() == 1)
        selection.labels = labelsBeside(selection.inputs.front());
    return selection;
}

DatasetPaths datasetPaths(const QStringList& inputs, const QString& labels, const Model* model)
{
    DatasetPaths paths;
    paths.labels = toUtf8(labels);
    if (inputs.size() == 1 || !model) {
        if (!inputs.isEmpty())
            paths.inputs[""] = toUtf8(inputs.front());
        return paths;
    }
    QStringList unnamed;
    for (const QString& path : inputs) {
        const std::string stem = toUtf8(QFileInfo(path).completeBaseName());
        const auto isNamed = [&](ValueIndex input) { return model->graph.value(input).name == stem; };
        if (std::any_of(model->graph.inputs.begin(), model->graph.inputs.end(), isNamed))
            paths.inputs[stem] = toUtf8(path);
        else
            unnamed.append(path);
    }
    std::sort(unnamed.begin(), unnamed.end());
    for (const ValueIndex input : model->graph.inputs) {
        const std::string& name = model->graph.value(input).name;
        if (!unnamed.isEmpty() && paths.inputs.count(name) == 0)
            paths.inputs[name] = toUtf8(unnamed.takeFirst());
    }
    return paths;
}

} // namespace bitwright
