// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings_dialog.h"

#include "widgets/shortcut_editor.h"
#include "widgets/wheel_guard.h"
#include "widgets/window_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace bitwright {

namespace {

QSpinBox* numberBox(const char* name, int lowest, int highest, int step)
{
    auto* box = new QSpinBox;
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(lowest, highest);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setKeyboardTracking(false);
    guardWheel(box);
    return box;
}

QLabel* hint(const QString& text)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

std::pair<QWidget*, QFormLayout*> page()
{
    auto* widget = new QWidget;
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(16, 16, 16, 16);
    form->setVerticalSpacing(10);
    return {widget, form};
}

} // namespace

SettingsDialog::SettingsDialog(Parts parts, QWidget* parent) : QDialog(parent), m(std::move(parts))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    createWidgets();
    m_tabs = new QTabWidget;
    m_tabs->addTab(makeGeneralPage(), tr("&General"));
    m_tabs->addTab(makeGraphPage(), tr("G&raph"));
    m_tabs->addTab(makeEmulatorPage(), tr("&Emulator"));
    m_tabs->addTab(m_shortcuts, tr("&Shortcuts"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::RestoreDefaults | QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] {
        if (m_tabs->currentWidget() == m_shortcuts)
            return m_shortcuts->restoreAll();
        fill({});
        commit();
    });
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    fill(m.settings->preferences());
    connectSignals();
    resize(860, 560);
    m_theme->setFocus();
}

void SettingsDialog::createWidgets()
{
    m_theme = new QComboBox;
    m_theme->setObjectName(QStringLiteral("settingTheme"));
    m_theme->addItems({tr("As the desktop"), tr("Light"), tr("Dark")});
    m_theme->setCurrentIndex(static_cast<int>(m.settings->theme()));
    m_font = numberBox("settingFont", kSmallestFontPercent, kLargestFontPercent, 10);
    m_font->setSuffix(tr(" %"));
    m_reopensLast = new QCheckBox(tr("Start with the design that was open &last"));
    m_dataFolder = new QLineEdit;
    m_dataFolder->setPlaceholderText(tr("Where data were last loaded from"));
    m_direction = new QComboBox;
    m_direction->addItems({tr("Top to bottom"), tr("Left to right")});
    m_wheel = new QComboBox;
    m_wheel->addItems({tr("Zooms at the pointer"), tr("Scrolls; zooms with Ctrl")});
    m_minimap = new QCheckBox(tr("Show the &overview in the corner"));
    m_threads = numberBox("settingThreads", 0, kMostThreads, 1);
    m_threads->setSpecialValueText(tr("all cores"));
    m_firstSamples = numberBox("settingFirstSamples", 0, kMostFirstSamples, 64);
    m_firstSamples->setSpecialValueText(tr("no first answer"));
    m_randomSamples = numberBox("settingRandomSamples", 1, kMostRandomSamples, 100);
    for (QComboBox* box : {m_theme, m_direction, m_wheel})
        guardWheel(box);
    m_shortcuts = new ShortcutEditor(m.actions, m.settings);
}

QWidget* SettingsDialog::makeGeneralPage()
{
    const auto [widget, form] = page();
    form->addRow(tr("&Theme"), m_theme);
    form->addRow(tr("Te&xt size"), m_font);
    form->addRow(QString(), m_reopensLast);
    auto* choose = new QPushButton(tr("&Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this] {
        m.ask_folder([this](const QString& folder) {
            m_dataFolder->setText(folder);
            commit();
        });
    });
    auto* row = new QHBoxLayout;
    row->addWidget(m_dataFolder, 1);
    row->addWidget(choose);
    auto* label = new QLabel(tr("&Data folder"));
    label->setBuddy(m_dataFolder);
    form->addRow(label, row);
    form->addRow(QString(), hint(tr("Where 'Load data' starts to look.")));
    return widget;
}

QWidget* SettingsDialog::makeGraphPage()
{
    const auto [widget, form] = page();
    form->addRow(tr("&Direction"), m_direction);
    form->addRow(tr("Mouse &wheel"), m_wheel);
    form->addRow(QString(), m_minimap);
    return widget;
}

QWidget* SettingsDialog::makeEmulatorPage()
{
    const auto [widget, form] = page();
    form->addRow(tr("&Threads"), m_threads);
    form->addRow(tr("&First answer"), m_firstSamples);
    form->addRow(QString(), hint(tr("Samples behind the number that appears first after an edit; all of them follow.")));
    form->addRow(tr("&Random samples"), m_randomSamples);
    form->addRow(QString(), hint(tr("Made up when a model is opened without data; for the next model that is opened.")));
    return widget;
}

void SettingsDialog::connectSignals()
{
    connect(m_theme, &QComboBox::activated, this,
            [this](int index) { Q_EMIT themeChosen(static_cast<ThemeChoice>(index)); });
    for (QComboBox* box : {m_direction, m_wheel})
        connect(box, &QComboBox::activated, this, &SettingsDialog::commit);
    for (QCheckBox* box : {m_reopensLast, m_minimap})
        connect(box, &QCheckBox::toggled, this, &SettingsDialog::commit);
    for (QSpinBox* box : {m_font, m_threads, m_firstSamples, m_randomSamples})
        connect(box, &QSpinBox::valueChanged, this, &SettingsDialog::commit);
    connect(m_dataFolder, &QLineEdit::editingFinished, this, &SettingsDialog::commit);
}

void SettingsDialog::fill(const Preferences& preferences)
{
    m_isShowing = true;
    m_font->setValue(preferences.font_percent);
    m_reopensLast->setChecked(preferences.reopens_last);
    m_dataFolder->setText(preferences.data_folder);
    m_direction->setCurrentIndex(preferences.is_left_to_right ? 1 : 0);
    m_wheel->setCurrentIndex(preferences.wheel_scrolls ? 1 : 0);
    m_minimap->setChecked(preferences.has_minimap);
    m_threads->setValue(preferences.threads);
    m_firstSamples->setValue(preferences.first_samples);
    m_randomSamples->setValue(preferences.random_samples);
    m_isShowing = false;
}

void SettingsDialog::commit()
{
    if (m_isShowing)
        return;
    Preferences chosen;
    chosen.font_percent = m_font->value();
    chosen.reopens_last = m_reopensLast->isChecked();
    chosen.data_folder = m_dataFolder->text().trimmed();
    chosen.is_left_to_right = m_direction->currentIndex() == 1;
    chosen.wheel_scrolls = m_wheel->currentIndex() == 1;
    chosen.has_minimap = m_minimap->isChecked();
    chosen.threads = m_threads->value();
    chosen.first_samples = m_firstSamples->value();
    chosen.random_samples = m_randomSamples->value();
    if (!(chosen == m.settings->preferences()))
        Q_EMIT preferencesChanged(chosen);
}

void SettingsDialog::showShortcuts()
{
    m_tabs->setCurrentWidget(m_shortcuts);
}

} // namespace bitwright
