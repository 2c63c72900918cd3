// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/launch_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDataStream>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTextStream>

namespace bitwright {

namespace {

constexpr int kUsageError = 1;
constexpr qint32 kMessageVersion = 1;

std::optional<QSize> parseSize(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{2,5})[xX×](\\d{2,5})$"));
    const auto match = pattern.match(text);
    return match.hasMatch() ? std::optional(QSize(match.captured(1).toInt(), match.captured(2).toInt())) : std::nullopt;
}

std::optional<ThemeChoice> parseTheme(const QString& text)
{
    if (text == QLatin1String("light"))
        return ThemeChoice::Light;
    if (text == QLatin1String("dark"))
        return ThemeChoice::Dark;
    return text == QLatin1String("system") ? std::optional(ThemeChoice::System) : std::nullopt;
}

int refuse(const QString& sentence)
{
    QTextStream(stderr) << QStringLiteral("bitwright: error: ") << sentence << Qt::endl;
    return kUsageError;
}

QCommandLineOption option(const char* name, const QString& help, const char* value)
{
    return {QString::fromLatin1(name), help, QString::fromLatin1(value)};
}

void describe(QCommandLineParser& parser)
{
    const auto say = [](const char* text) { return QCoreApplication::translate("LaunchOptions", text); };
    parser.setApplicationDescription(say("Workbench for neural networks on FPGAs."));
    parser.addPositionalArgument(QStringLiteral("files"), say("A model or a project, and what belongs to it."), QStringLiteral("[FILE…]"));
    parser.addOptions({
        option("config", say("hls4ml YAML configuration for the model."), "FILE"),
        option("input", say("Samples for the model (.npy)."), "FILE"),
        option("labels", say("Labels of the samples (.npy)."), "FILE"),
        option("screenshot", say("Write a picture of the finished window and quit."), "PNG"),
        option("size", say("Size of the window."), "WxH"),
        option("quit-after", say("Quit after this time."), "MS"),
        option("config-dir", say("Folder for everything that the window remembers."), "DIR"),
        option("theme", say("light, dark or system."), "NAME"),
        option("select", say("Layer to select."), "LAYER"),
        option("find", say("Search to run."), "QUERY"),
        {QStringLiteral("new-instance"), say("Open a window of its own although one is running.")},
    });
}

std::optional<int> readValues(const QCommandLineParser& parser, LaunchOptions& options)
{
    const auto value = [&parser](const char* name) { return parser.value(QString::fromLatin1(name)); };
    options.files = parser.positionalArguments();
    if (parser.isSet(QStringLiteral("config")))
        options.files.append(value("config"));
    options.input = value("input");
    options.labels = value("labels");
    options.screenshot = value("screenshot");
    options.configFolder = value("config-dir");
    options.select = value("select");
    options.find = value("find");
    options.isNewInstance = parser.isSet(QStringLiteral("new-instance"));
    if (parser.isSet(QStringLiteral("size"))) {
        options.size = parseSize(value("size"));
        if (!options.size)
            return refuse(QStringLiteral("'%1' is not a size such as 1600x1000.").arg(value("size")));
    }
    if (parser.isSet(QStringLiteral("theme"))) {
        options.theme = parseTheme(value("theme"));
        if (!options.theme)
            return refuse(QStringLiteral("'%1' is not a theme; choose light, dark or system.").arg(value("theme")));
    }
    if (parser.isSet(QStringLiteral("quit-after"))) {
        bool isNumber = false;
        options.quit_after_ms = value("quit-after").toInt(&isNumber);
        if (!isNumber || *options.quit_after_ms < 0)
            return refuse(QStringLiteral("'%1' is not a time in milliseconds.").arg(value("quit-after")));
    }
    return std::nullopt;
}

} // namespace

QByteArray toMessage(const LaunchOptions& options)
{
    const auto absolute = [](const QString& path) { return path.isEmpty() ? path : QFileInfo(path).absoluteFilePath(); };
    QStringList files;
    for (const QString& file : options.files)
        files.append(absolute(file));
    QByteArray message;
    QDataStream stream(&message, QIODevice::WriteOnly);
    stream << kMessageVersion << files << absolute(options.input) << absolute(options.labels) << options.select << options.find;
    return message;
}

std::optional<LaunchOptions> fromMessage(const QByteArray& message)
{
    QDataStream stream(message);
    qint32 version = 0;
    LaunchOptions options;
    stream >> version >> options.files >> options.input >> options.labels >> options.select >> options.find;
    const bool isWhole = version == kMessageVersion && stream.status() == QDataStream::Ok;
    return isWhole ? std::optional(std::move(options)) : std::nullopt;
}

LaunchOutcome readLaunchOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    describe(parser);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    LaunchOutcome outcome;
    if (!parser.parse(arguments)) {
        outcome.exit_code = refuse(parser.errorText());
        return outcome;
    }
    if (parser.isSet(help)) {
        QTextStream(stdout) << parser.helpText();
        outcome.exit_code = 0;
    } else if (parser.isSet(version)) {
        QTextStream(stdout) << QStringLiteral("bitwright ") << QCoreApplication::applicationVersion() << Qt::endl;
        outcome.exit_code = 0;
    } else {
        outcome.exit_code = readValues(parser, outcome.options);
    }
    return outcome;
}

} // namespace bitwright
