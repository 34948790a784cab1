using System.Text.Json;
using Pharos.Conformance.Scripts;

namespace Pharos.Conformance.Suites;

/// <summary>Small scripts that a runner must accept or refuse.</summary>
internal sealed class ScriptSelfTestSuite : ISuite
{
    public string Area => "promql";

    public string FilePattern => "runner_selftest.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = testCase.GetProperty("name").GetString()!;
            string? problem = FirstProblem(testCase.GetProperty("input").GetString()!);
            bool mustFail = testCase.TryGetProperty("expectedError", out _);
            if (mustFail == problem is not null)
            {
                report.Pass(name);
            }
            else
            {
                report.Fail(name, problem ?? "the script passed but must fail");
            }
        }
    }

    private static string? FirstProblem(string script)
    {
        try
        {
            using var runner = new ScriptRunner();
            return runner.Run(ScriptParser.Parse(script)).Select(static r => r.Problem).FirstOrDefault(static p => p is not null);
        }
        catch (ScriptException e)
        {
            return e.Message;
        }
    }
}
