// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format_edit.h"

#include "widgets/bit_boxes.h"
#include "widgets/text.h"
#include "widgets/wheel_guard.h"

#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyle>

#include <array>
#include <cmath>

namespace bitwright {

namespace {

struct Mode {
    int value;
    const char* help;
};

constexpr std::array<Mode, 7> kRoundings{{
    {static_cast<int>(Rounding::Trn), QT_TRANSLATE_NOOP("FormatEdit", "Towards minus infinity; costs nothing.")},
    {static_cast<int>(Rounding::TrnZero), QT_TRANSLATE_NOOP("FormatEdit", "Towards zero.")},
    {static_cast<int>(Rounding::Rnd), QT_TRANSLATE_NOOP("FormatEdit", "To the nearest; halves towards plus infinity.")},
    {static_cast<int>(Rounding::RndZero), QT_TRANSLATE_NOOP("FormatEdit", "To the nearest; halves towards zero.")},
    {static_cast<int>(Rounding::RndInf), QT_TRANSLATE_NOOP("FormatEdit", "To the nearest; halves away from zero.")},
    {static_cast<int>(Rounding::RndMinInf), QT_TRANSLATE_NOOP("FormatEdit", "To the nearest; halves towards minus infinity.")},
    {static_cast<int>(Rounding::RndConv), QT_TRANSLATE_NOOP("FormatEdit", "To the nearest; halves to the even code.")},
}};

constexpr std::array<Mode, 5> kOverflows{{
    {static_cast<int>(Overflow::Wrap), QT_TRANSLATE_NOOP("FormatEdit", "The upper bits are dropped; costs nothing.")},
    {static_cast<int>(Overflow::Sat), QT_TRANSLATE_NOOP("FormatEdit", "Stops at the largest and smallest value.")},
    {static_cast<int>(Overflow::SatZero), QT_TRANSLATE_NOOP("FormatEdit", "Becomes zero when out of range.")},
    {static_cast<int>(Overflow::SatSym), QT_TRANSLATE_NOOP("FormatEdit", "Stops at plus or minus the largest value.")},
    {static_cast<int>(Overflow::WrapSm), QT_TRANSLATE_NOOP("FormatEdit", "Wraps in sign and magnitude.")},
}};

template <class Modes, class Name>
QComboBox* modeBox(const Modes& modes, Name name, const QString& accessibleName)
{
    auto* box = new QComboBox;
    box->setAccessibleName(accessibleName);
    for (const Mode& mode : modes) {
        box->addItem(toQString(name(mode.value)), mode.value);
        box->setItemData(box->count() - 1, FormatEdit::tr(mode.help), Qt::ToolTipRole);
    }
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    guardWheel(box);
    return box;
}

QSpinBox* bitsBox(int lowest, int highest, const QString& accessibleName)
{
    auto* box = new QSpinBox;
    box->setRange(lowest, highest);
    box->setAccessibleName(accessibleName);
    box->setKeyboardTracking(false);
    guardWheel(box);
    return box;
}

QString readOutText(const FixedFormat& format)
{
    const int magnitudeBits = format.width_bits - (format.is_signed ? 1 : 0);
    return FormatEdit::tr("%1 … %2   step %3   %4")
        .arg(realText(minimumValue(format)), realText(maximumValue(format)), realText(resolution(format), 4),
             FormatEdit::tr("%1 dB").arg(realText(6.02 * magnitudeBits, 3)));
}

} // namespace

FormatEdit::FormatEdit(QWidget* parent) : QWidget(parent)
{
    createWidgets();
    layOut();
    connectSignals();
    setControlsEnabled(false);
}

void FormatEdit::createWidgets()
{
    m_text = new QLineEdit;
    m_text->setObjectName(QStringLiteral("formatText"));
    m_text->setAccessibleName(tr("Number format"));
    m_text->setToolTip(tr("Type fixed<8,3,RND,SAT>, ufixed<8,3>, int4, 8,3, auto, or +1 and -1 to change the width."));
    m_error = new QLabel;
    m_error->setObjectName(QStringLiteral("formatError"));
    m_error->setWordWrap(true);
    m_error->setProperty("role", QStringLiteral("error"));
    m_error->hide();
    m_signedness = new QComboBox;
    m_signedness->setAccessibleName(tr("Signedness"));
    m_signedness->addItem(tr("signed"), true);
    m_signedness->addItem(tr("unsigned"), false);
    guardWheel(m_signedness);
    m_width = bitsBox(1, kMaximumWidthBits, tr("Width in bits"));
    m_width->setObjectName(QStringLiteral("widthBits"));
    m_integer = bitsBox(-kMaximumWidthBits, kMaximumWidthBits, tr("Integer bits"));
    m_integer->setObjectName(QStringLiteral("integerBits"));
    m_rounding = modeBox(kRoundings, [](int mode) { return roundingName(static_cast<Rounding>(mode)); },
                         tr("Rounding"));
    m_overflow = modeBox(kOverflows, [](int mode) { return overflowName(static_cast<Overflow>(mode)); },
                         tr("Overflow"));
    m_boxes = new BitBoxes;
    m_readOuts = new QLabel;
    m_readOuts->setProperty("role", QStringLiteral("secondary"));
    m_readOuts->setWordWrap(true);
    m_readOuts->setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void FormatEdit::layOut()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(4);
    const auto label = [](const QString& text, QWidget* buddy) {
        auto* made = new QLabel(text);
        made->setBuddy(buddy);
        return made;
    };
    grid->addWidget(m_text, 0, 0, 1, 4);
    grid->addWidget(m_error, 1, 0, 1, 4);
    grid->addWidget(m_boxes, 2, 0, 1, 4);
    grid->addWidget(label(tr("Width"), m_width), 3, 0);
    grid->addWidget(m_width, 3, 1);
    grid->addWidget(label(tr("Integer"), m_integer), 3, 2);
    grid->addWidget(m_integer, 3, 3);
    grid->addWidget(label(tr("Rounding"), m_rounding), 4, 0);
    grid->addWidget(m_rounding, 4, 1);
    grid->addWidget(label(tr("Overflow"), m_overflow), 4, 2);
    grid->addWidget(m_overflow, 4, 3);
    grid->addWidget(label(tr("Sign"), m_signedness), 5, 0);
    grid->addWidget(m_signedness, 5, 1);
    grid->addWidget(m_readOuts, 6, 0, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
}

void FormatEdit::connectSignals()
{
    connect(m_text, &QLineEdit::textEdited, this, &FormatEdit::checkText);
    connect(m_text, &QLineEdit::editingFinished, this, &FormatEdit::commitText);
    const auto spun = [this] { commitSpins(); };
    connect(m_width, &QSpinBox::valueChanged, this, spun);
    connect(m_integer, &QSpinBox::valueChanged, this, spun);
    connect(m_rounding, &QComboBox::activated, this, spun);
    connect(m_overflow, &QComboBox::activated, this, spun);
    connect(m_signedness, &QComboBox::activated, this, spun);
    connect(m_boxes, &BitBoxes::formatDragged, this, [this](const FixedFormat& format, int dragId) {
        commitFixed(format, QStringLiteral("drag %1").arg(dragId));
    });
}

void FormatEdit::setValue(const std::optional<FormatChoice>& decided,
                          const std::optional<NumberFormat>& effective)
{
    m_isShowing = true;
    m_shownText = decided ? toQString(describe(*decided)) : QString();
    if (!m_text->isModified() || !m_text->hasFocus()) {
        m_text->setText(m_shownText);
        checkText(m_shownText);
    }
    m_text->setPlaceholderText(effective ? toQString(shortName(*effective)) : tr("not decided"));
    const auto* choice = decided ? std::get_if<NumberFormat>(&*decided) : nullptr;
    const NumberFormat* shown = choice ? choice : effective ? &*effective : nullptr;
    const auto* fixed = shown ? std::get_if<FixedFormat>(shown) : nullptr;
    setControlsEnabled(fixed != nullptr);
    m_boxes->setVisible(fixed != nullptr);
    if (fixed)
        showFixed(*fixed);
    else
        m_fixed.reset();
    showReadOuts(shown ? std::optional(*shown) : std::nullopt);
    m_isShowing = false;
}

void FormatEdit::setMixed(const QString& distribution)
{
    m_isShowing = true;
    m_shownText.clear();
    m_text->clear();
    checkText(QString());
    m_text->setPlaceholderText(QStringLiteral("—"));
    m_fixed.reset();
    setControlsEnabled(false);
    m_boxes->hide();
    m_readOuts->setText(distribution);
    m_isShowing = false;
}

QString FormatEdit::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void FormatEdit::showFixed(const FixedFormat& format)
{
    m_fixed = format;
    m_width->setValue(format.width_bits);
    m_integer->setValue(format.integer_bits);
    m_signedness->setCurrentIndex(format.is_signed ? 0 : 1);
    m_rounding->setCurrentIndex(m_rounding->findData(static_cast<int>(format.rounding)));
    m_overflow->setCurrentIndex(m_overflow->findData(static_cast<int>(format.overflow)));
    m_boxes->setFormat(format);
}

void FormatEdit::showReadOuts(const std::optional<NumberFormat>& effective)
{
    const auto* fixed = effective ? std::get_if<FixedFormat>(&*effective) : nullptr;
    if (fixed)
        m_readOuts->setText(readOutText(*fixed));
    else
        m_readOuts->setText(effective ? toQString(longName(*effective)) : QString());
}

void FormatEdit::checkText(const QString& text)
{
    const Result<FormatInput> input = parseFormatInput(text);
    m_error->setText(input ? QString() : toQString(input.error().message()));
    m_error->setVisible(!input);
    m_text->setProperty("invalid", !input);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
}

void FormatEdit::commitText()
{
    if (m_isShowing || m_text->text().trimmed() == m_shownText)
        return;
    const Result<FormatInput> input = parseFormatInput(m_text->text());
    if (!input)
        return; // the sentence stays under the field until it is right, or Escape restores
    m_text->setModified(false);
    Q_EMIT committed(*input, QString());
}

FixedFormat FormatEdit::formatFromControls() const
{
    FixedFormat format = m_fixed.value_or(FixedFormat{});
    format.width_bits = m_width->value();
    format.integer_bits = m_integer->value();
    format.is_signed = m_signedness->currentData().toBool();
    format.rounding = static_cast<Rounding>(m_rounding->currentData().toInt());
    format.overflow = static_cast<Overflow>(m_overflow->currentData().toInt());
    if (format.family == FixedFamily::Integer) {
        const bool isInteger = m_fixed && format.integer_bits == m_fixed->integer_bits
                               && format.rounding == m_fixed->rounding && format.overflow == m_fixed->overflow;
        if (isInteger)
            format.integer_bits = format.width_bits;
        else
            format.family = FixedFamily::Fixed;
    }
    return format;
}

void FormatEdit::commitSpins()
{
    if (!m_isShowing)
        commitFixed(formatFromControls(), QString());
}

void FormatEdit::commitFixed(const FixedFormat& format, const QString& mergeKey)
{
    if (m_fixed == format)
        return;
    m_fixed = format;
    m_text->setModified(false);
    Q_EMIT committed(FormatInput(FormatChoice(NumberFormat(format))), mergeKey);
}

void FormatEdit::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape || !m_text->isModified())
        return QWidget::keyPressEvent(event);
    m_text->setText(m_shownText);
    m_text->setModified(false);
    checkText(m_shownText);
}

void FormatEdit::setControlsEnabled(bool isEnabled)
{
    for (QWidget* control : {static_cast<QWidget*>(m_signedness), static_cast<QWidget*>(m_width),
                             static_cast<QWidget*>(m_integer), static_cast<QWidget*>(m_rounding),
                             static_cast<QWidget*>(m_overflow)})
        control->setEnabled(isEnabled);
}

} // namespace bitwright
