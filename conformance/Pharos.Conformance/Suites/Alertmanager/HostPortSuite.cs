using System.Text.Json;
using Pharos.Alerting.Configuration;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Hosts with ports.</summary>
internal sealed class HostPortSuite : ISuite
{
    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "config_UnmarshalHostPort.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string _, int _, JsonElement item) in GroupedCases.Read(path))
        {
            string input = item.GetProperty("in").GetString()!;
            bool fails = item.TryGetProperty("err", out JsonElement error) && error.GetBoolean();
            report.Check(input, fails ? "refused" : Expected(item.GetProperty("exp")), Parse(JsonSerializer.Deserialize<string>(input)!));
        }
    }

    private static string Expected(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? $"{AlertmanagerJson.OptionalText(value, "Host")} {AlertmanagerJson.OptionalText(value, "Port")}" : " ";

    private static string Parse(string text)
    {
        try
        {
            var address = HostPort.Parse(text);
            return $"{address.Host} {address.Port}";
        }
        catch (FormatException)
        {
            return "refused";
        }
    }
}
