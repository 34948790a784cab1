using System.Text.Json;
using Pharos.Scrape.Exposition;

namespace Pharos.Conformance.Suites;

/// <summary>Inputs and the exact error of upstream's parsers; no error or <c>EOF</c> means that it parses to the end.</summary>
internal sealed class ExpositionErrorsSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "text_errors.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string test, int number, JsonElement testCase) in GroupedCases.Read(path))
        {
            string expected = testCase.GetProperty("err").GetString()!;
            string actual = Parse(ExpositionText.Bytes(testCase.GetProperty("input")), ExpositionText.Format(testCase));
            report.Check($"{test} {number - 1}", expected == "EOF" ? "" : expected, actual);
        }
    }

    private static string Parse(byte[] input, ExpositionFormat format)
    {
        try
        {
            ExpositionParser.Parse(input, format, startTimestamps: false, []);
            return "";
        }
        catch (ExpositionException e)
        {
            return e.Message;
        }
    }
}
