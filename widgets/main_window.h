// SPDX-License-Identifier: GPL-3.0-or-later
/// The window: puts document, canvas and panels together; everything else is theirs (gui.md 3.1).
#pragma once

#include <memory>

#include <QMainWindow>

#include "project/journal.h"
#include "widgets/dock_layouts.h"
#include "widgets/file_kind.h"
#include "widgets/preferences.h"
#include "widgets/samples.h"
#include "widgets/theme.h"

class QDockWidget;
class QStackedWidget;
class QToolBar;

namespace bitwright {

class ActionRegistry;
class BudgetStrip;
class CanvasBinding;
class DesignPanel;
class Document;
class FileController;
class GraphView;
class HistogramChart;
class Inspector;
class JobList;
class LayerEditor;
class LayerTable;
class LogPanel;
class MessageCard;
class ProblemsPanel;
class ProjectKeeper;
class QueryBar;
class RangeChart;
class SelectionHub;
class StatusLine;
class WelcomePage;
class WindowSettings;

class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// @p theme and @p settings outlive the window.
    MainWindow(Theme* theme, WindowSettings* settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    void open(const OpenRequest& request);
    void openFiles(const QStringList& paths);
    /// Opens what was open last, if the user wants that and nothing waits to be recovered.
    void reopenLast();
    /// Selects a layer and shows it.
    void select(const QString& layer);
    /// Whether everything shown is final: nothing is opening, the canvas is drawn, all results are current.
    bool isAtRest() const;

    Document* document() const { return m_document; }
    SelectionHub* selection() const { return m_selection; }
    ActionRegistry* actions() const { return m_actions; }
    FileController* files() const { return m_files; }
    LayerTable* layerTable() const { return m_table; }
    Inspector* inspector() const { return m_inspector; }
    QueryBar* queryBar() const { return m_query; }
    MessageCard* card() const { return m_card; }
    BudgetStrip* budget() const { return m_budget; }
    HistogramChart* histogram() const { return m_histogram; }
    RangeChart* ranges() const { return m_ranges; }
    GraphView* canvas() const { return m_canvas; }
    ProblemsPanel* problems() const { return m_problems; }
    DockLayouts* layouts() const { return m_layouts; }
    ProjectKeeper* keeper() const { return m_keeper; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void createParts();
    void createPanels();
    void createCentre();
    void createToolBars();
    void createDocks();
    QDockWidget* addDock(const char* name, const QString& title, QWidget* content, Qt::DockWidgetArea area);
    void fillMenus();
    void refreshRecent();
    void connectDocument();
    void connectFiles();
    void connectCanvas();
    void connectFileActions();
    void connectEditActions();
    void connectViewActions();
    void connectLayerActions();
    void connectGoActions();
    void refreshPresence();
    void refreshTitle();
    void refreshCentre();
    void showDocks();
    void hideDocks();
    void refreshTheme();
    void applyTheme(ThemeChoice choice);
    void applyPreferences(const Preferences& preferences);
    void showFindings();
    void openSample(const QString& id);
    void findRecovered();
    void openRecovered(int index);
    void takeRecovered();
    void dropRecovered();
    void keepSelection();
    void notice(const QString& sentence);
    void openCanvasMenu(const QString& id, const QPoint& position);
    void stepLayer(int direction);
    void stepPanel(int direction);
    void nameLayout();
    void selectSimilar();
    void showSettings(bool isAtShortcuts);
    void showAbout();
    void exportDesign(bool isVerifyOnly);
    void exportImage();
    void exportTable();

    Theme* m_theme;
    WindowSettings* m_settings;
    JobList* m_jobs = nullptr;
    Document* m_document = nullptr;
    SelectionHub* m_selection = nullptr;
    LayerEditor* m_editor = nullptr;
    ProjectKeeper* m_keeper = nullptr;
    FileController* m_files = nullptr;
    ActionRegistry* m_actions = nullptr;
    QStackedWidget* m_stack = nullptr;
    WelcomePage* m_welcome = nullptr;
    GraphView* m_canvas = nullptr;
    CanvasBinding* m_canvasBinding = nullptr;
    MessageCard* m_card = nullptr;
    QueryBar* m_query = nullptr;
    BudgetStrip* m_budget = nullptr;
    QToolBar* m_budgetBar = nullptr;
    LayerTable* m_table = nullptr;
    Inspector* m_inspector = nullptr;
    DesignPanel* m_design = nullptr;
    RangeChart* m_ranges = nullptr;
    HistogramChart* m_histogram = nullptr;
    ProblemsPanel* m_problems = nullptr;
    LogPanel* m_log = nullptr;
    StatusLine* m_status = nullptr;
    QToolBar* m_toolBar = nullptr;
    DockSet m_docks{};
    DockLayouts* m_layouts = nullptr;
    std::vector<Sample> m_samples;
    std::vector<Recovery> m_recoveries;
    int m_recovering = -1; ///< index of the recovery that is being opened
    std::optional<Recovery> m_recovered; ///< that is open, until its new journal stands
    bool m_isCloseAgreed = false;
    bool m_wasShown = false;
    QByteArray m_dockState; ///< while no design is open and the docks are hidden
};

} // namespace bitwright
