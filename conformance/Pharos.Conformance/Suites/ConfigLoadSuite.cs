using System.Text.Json;
using Pharos.Config;
using Pharos.Server.Configuration;

namespace Pharos.Conformance.Suites;

/// <summary>Configuration files of the folder <c>files</c> that upstream loads or refuses, and the words in which it refuses them.</summary>
internal sealed class ConfigLoadSuite : ISuite
{
    // Files whose messages upstream's test names by this folder.
    private const string UpstreamFolder = "testdata/";

    public string Area => "config";

    public string FilePattern => "load_cases.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(path));
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "files") + Path.DirectorySeparatorChar;
        foreach (JsonElement item in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            RunCase(item, folder, report);
        }
    }

    private static void RunCase(JsonElement item, string folder, CaseReporter report)
    {
        string file = item.GetProperty("file").GetString()!;
        bool isAgent = item.TryGetProperty("mode", out JsonElement mode) && mode.GetString() == "agent";
        string name = isAgent ? file + " (agent)" : file;
        string? expected = item.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
        string? actual = Load(folder + file, isAgent);
        if (item.GetProperty("ok").GetBoolean())
        {
            Report(report, name, actual is null, $"refused: {actual}");
        }
        else if (actual is null)
        {
            report.Fail(name, "was loaded");
        }
        else
        {
            string wanted = expected?.Replace(UpstreamFolder, folder, StringComparison.Ordinal) ?? "";
            Report(report, name, actual.Contains(wanted, StringComparison.Ordinal), $"expected {wanted} but got {actual}");
        }
    }

    private static string? Load(string path, bool isAgent)
    {
        try
        {
            PrometheusConfigReader.Load(path, new PrometheusConfigOptions { AgentMode = isAgent });
            return null;
        }
        catch (ConfigException e)
        {
            return e.Message;
        }
    }

    private static void Report(CaseReporter report, string name, bool isRight, string message)
    {
        if (isRight)
        {
            report.Pass(name);
        }
        else
        {
            report.Fail(name, message);
        }
    }
}
