// SPDX-License-Identifier: GPL-3.0-or-later
/// What the window shows without a design: where to drop a file, what was opened before, samples, recovered work.
#pragma once

#include <QScrollArea>

#include "project/journal.h"
#include "widgets/samples.h"

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace bitwright {

class Theme;

class WelcomePage final : public QScrollArea {
    Q_OBJECT
public:
    explicit WelcomePage(const Theme* theme, QWidget* parent = nullptr);

    void setRecentFiles(const QStringList& files);
    void setSamples(const std::vector<Sample>& samples);
    void setRecoveries(const std::vector<Recovery>& recoveries);
    /// While a file hovers over the window: what dropping it would do. Empty: nothing hovers.
    void setDropText(const QString& text);

Q_SIGNALS:
    void openAsked();
    void fileChosen(const QString& path);
    void sampleChosen(const QString& id);
    void recoveryChosen(int index);
    void recoveryDiscarded(int index);

private:
    QWidget* makeDropArea();
    void restyle();
    QWidget* makeSample(const Sample& sample);

    const Theme* m_theme;
    QFrame* m_dropArea = nullptr;
    QLabel* m_dropIcon = nullptr;
    QLabel* m_dropText = nullptr;
    QWidget* m_recovered = nullptr;
    QVBoxLayout* m_recoveredList = nullptr;
    QWidget* m_recent = nullptr;
    QVBoxLayout* m_recentList = nullptr;
    QWidget* m_sampleSection = nullptr;
    QGridLayout* m_sampleList = nullptr;
};

} // namespace bitwright
