using Pharos.Config;
using Pharos.Dashboards;
using Pharos.Dashboards.Datasources;
using Pharos.Dashboards.Model;
using Pharos.Dashboards.Reading;

namespace Pharos.Server.Configuration.Files;

/// <summary>Checks a file with a dashboard; what is not drawn is a warning.</summary>
internal static class DashboardFileCheck
{
    /// <returns>What is in it; empty where it cannot be used.</returns>
    public static string Check(byte[] content, ConfigDiagnostics diagnostics)
    {
        try
        {
            Dashboard dashboard = DashboardReader.Read(content, DatasourceDirectory.Empty);
            foreach (DashboardProblem problem in dashboard.Problems)
            {
                diagnostics.Warn(TextPosition.None, problem.PanelTitle is { } panel ? $"panel \"{panel}\": {problem.Message}" : problem.Message);
            }

            return dashboard.PanelCount == 1 ? "1 panel" : $"{dashboard.PanelCount} panels";
        }
        catch (DashboardException e)
        {
            diagnostics.Error(new TextPosition(e.Line, e.Column), e.Message);
            return "";
        }
    }
}
