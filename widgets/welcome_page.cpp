// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/welcome_page.h"

#include "widgets/icons.h"
#include "widgets/text.h"
#include "widgets/theme.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace bitwright {

namespace {

constexpr int kWidest = 860;
constexpr int kMostShown = 6;

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.1);
    label->setFont(font);
    return label;
}

std::pair<QWidget*, QVBoxLayout*> section(const QString& title)
{
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 14, 0, 0);
    column->addWidget(heading(title));
    return {widget, column};
}

void clearLayout(QLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

QPushButton* linkButton(const QString& text, const QString& toolTip)
{
    auto* button = new QPushButton(text);
    button->setFlat(true);
    button->setCursor(Qt::PointingHandCursor);
    button->setStyleSheet(QStringLiteral("QPushButton { text-align: left; padding: 4px 6px; }"));
    button->setToolTip(toolTip);
    return button;
}

} // namespace

WelcomePage::WelcomePage(const Theme* theme, QWidget* parent) : QScrollArea(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("welcomePage"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* inner = new QWidget;
    inner->setMaximumWidth(kWidest);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(24, 24, 24, 24);
    column->addWidget(makeDropArea());
    auto [recovered, recoveredColumn] = section(tr("Work that was not saved"));
    m_recovered = recovered;
    m_recoveredList = new QVBoxLayout;
    recoveredColumn->addLayout(m_recoveredList);
    column->addWidget(m_recovered);
    auto [samples, samplesColumn] = section(tr("Samples"));
    m_sampleSection = samples;
    m_sampleList = new QGridLayout;
    samplesColumn->addLayout(m_sampleList);
    column->addWidget(m_sampleSection);
    auto [recent, recentColumn] = section(tr("Recent files"));
    m_recent = recent;
    m_recentList = new QVBoxLayout;
    m_recentList->setSpacing(0);
    recentColumn->addLayout(m_recentList);
    column->addWidget(m_recent);
    column->addStretch(1);
    for (QWidget* part : {m_recovered, m_recent, m_sampleSection})
        part->hide();
    auto* outer = new QWidget;
    auto* row = new QHBoxLayout(outer);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(inner, 100);
    row->addStretch(1);
    setWidget(outer);
    connect(theme, &Theme::changed, this, &WelcomePage::restyle);
    restyle();
}

QWidget* WelcomePage::makeDropArea()
{
    m_dropArea = new QFrame;
    m_dropArea->setObjectName(QStringLiteral("dropArea"));
    m_dropIcon = new QLabel;
    m_dropIcon->setAlignment(Qt::AlignCenter);
    m_dropText = new QLabel;
    m_dropText->setAlignment(Qt::AlignCenter);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    m_dropText->setFont(large);
    auto* hint = new QLabel(tr("With it, or later: samples and labels (.npy), an hls4ml configuration (.yml), a project (.bitwright)."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* open = new QPushButton(tr("Open…"));
    open->setObjectName(QStringLiteral("openButton"));
    connect(open, &QPushButton::clicked, this, &WelcomePage::openAsked);
    auto* column = new QVBoxLayout(m_dropArea);
    column->setContentsMargins(24, 28, 24, 24);
    column->setSpacing(10);
    column->addWidget(m_dropIcon);
    column->addWidget(m_dropText);
    column->addWidget(hint);
    column->addWidget(open, 0, Qt::AlignCenter);
    setDropText({});
    return m_dropArea;
}

void WelcomePage::restyle()
{
    m_dropIcon->setPixmap(themedIcon(QStringLiteral("drop")).pixmap(48));
    m_dropArea->setStyleSheet(QStringLiteral("#dropArea { border: 2px dashed %1; border-radius: 10px; background: %2; }")
                                  .arg(m_theme->colour(ColourRole::Border).name(), m_theme->colour(ColourRole::Panel).name()));
}

void WelcomePage::setDropText(const QString& text)
{
    m_dropText->setText(text.isEmpty() ? tr("Drop an ONNX or QONNX file here") : text);
}

void WelcomePage::setRecentFiles(const QStringList& files)
{
    clearLayout(m_recentList);
    for (const QString& path : files.mid(0, kMostShown)) {
        const QFileInfo info(path);
        QString folder = info.absolutePath();
        if (folder.startsWith(QDir::homePath()))
            folder.replace(0, QDir::homePath().size(), QStringLiteral("~"));
        const bool exists = info.exists();
        auto* button = linkButton(exists ? tr("%1    %2").arg(info.fileName(), folder) : tr("%1    %2 (missing)").arg(info.fileName(), folder), path);
        button->setEnabled(exists);
        connect(button, &QPushButton::clicked, this, [this, path] { Q_EMIT fileChosen(path); });
        m_recentList->addWidget(button);
    }
    m_recent->setVisible(!files.isEmpty());
}

QWidget* WelcomePage::makeSample(const Sample& sample)
{
    auto* button = new QCommandLinkButton(sample.title, sample.text);
    button->setObjectName(QStringLiteral("sample_") + sample.id);
    button->setIcon(QIcon());
    connect(button, &QCommandLinkButton::clicked, this, [this, id = sample.id] { Q_EMIT sampleChosen(id); });
    return button;
}

void WelcomePage::setSamples(const std::vector<Sample>& samples)
{
    clearLayout(m_sampleList);
    for (int i = 0; i < static_cast<int>(samples.size()); ++i)
        m_sampleList->addWidget(makeSample(samples[static_cast<std::size_t>(i)]), i / 2, i % 2);
    m_sampleSection->setVisible(!samples.empty());
}

void WelcomePage::setRecoveries(const std::vector<Recovery>& recoveries)
{
    clearLayout(m_recoveredList);
    for (int i = 0; i < static_cast<int>(recoveries.size()); ++i) {
        const Recovery& recovery = recoveries[static_cast<std::size_t>(i)];
        const QString what = toQString(recovery.project_path.empty() ? recovery.project.model.path : recovery.project_path);
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto* label = new QLabel(QFileInfo(what).fileName() + QStringLiteral("    ")
                                 + countedText(recovery.edits, tr("%1 edit"), tr("%1 edits")));
        label->setToolTip(what);
        auto* open = new QPushButton(tr("Open"));
        open->setObjectName(QStringLiteral("recoveryOpen%1").arg(i));
        auto* discard = new QPushButton(tr("Discard"));
        row->addWidget(label, 1);
        row->addWidget(open);
        row->addWidget(discard);
        connect(open, &QPushButton::clicked, this, [this, i] { Q_EMIT recoveryChosen(i); });
        connect(discard, &QPushButton::clicked, this, [this, i] { Q_EMIT recoveryDiscarded(i); });
        m_recoveredList->addWidget(line);
        if (i == 0)
            open->setFocus(); // the likely wish of who starts again after a crash
    }
    m_recovered->setVisible(!recoveries.empty());
}

} // namespace bitwright
