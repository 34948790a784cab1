using System.Text.Json;
using Pharos.Alerting.Routing;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Which receivers alerts come to by the files of the folder <c>amtool</c>.</summary>
internal sealed class AmtoolRoutingSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "amtool_routing.json";

    public void Run(string path, CaseReporter report)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "amtool");
        int number = 0;
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string file = Path.Combine(folder, Path.GetFileName(item.GetProperty("configFile").GetString()!));
            var root = Route.Build(AlertmanagerJson.Load(File.ReadAllText(file), file).File.Route);
            IEnumerable<string> receivers = root.Match(AlertmanagerJson.Labels(item.GetProperty("alert"))).Select(static r => r.Options.Receiver);
            report.Check($"case {++number}", JsonSerializer.Serialize(item.GetProperty("expectedReceivers")), JsonSerializer.Serialize(receivers));
        }
    }
}
