// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples.h"

#include "support/resources.h"
#include "widgets/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bitwright {

namespace {

QString located(const QJsonValue& relative)
{
    const auto path = resourcePath("samples/" + toUtf8(relative.toString()));
    return path ? toQString(*path) : QString();
}

} // namespace

std::vector<Sample> bundledSamples()
{
    std::vector<Sample> samples;
    const Result<std::string> text = resourceText("samples/samples.json");
    if (!text)
        return samples;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    for (const QJsonValue& value : document.object().value(QLatin1String("samples")).toArray()) {
        const QJsonObject entry = value.toObject();
        Sample sample;
        sample.id = entry.value(QLatin1String("id")).toString();
        sample.title = entry.value(QLatin1String("title")).toString();
        sample.text = entry.value(QLatin1String("text")).toString();
        sample.model = located(entry.value(QLatin1String("model")));
        sample.input = located(entry.value(QLatin1String("input")));
        sample.labels = located(entry.value(QLatin1String("labels")));
        if (!sample.model.isEmpty())
            samples.push_back(std::move(sample));
    }
    return samples;
}

} // namespace bitwright
