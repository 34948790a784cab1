using Pharos.Conformance.Scripts;

namespace Pharos.Conformance.Suites;

/// <summary>Prometheus' PromQL test scripts.</summary>
internal sealed class ScriptSuite : ISuite
{
    public string Area => "promql";

    public string FilePattern => "*.test";

    public void Run(string path, CaseReporter report)
    {
        try
        {
            using var runner = new ScriptRunner();
            foreach ((EvalCommand eval, string? problem) in runner.Run(ScriptParser.Parse(File.ReadAllText(path))))
            {
                string name = $"line {eval.Line}: {eval.Query}";
                if (problem is null)
                {
                    report.Pass(name);
                }
                else
                {
                    report.Fail(name, problem);
                }
            }
        }
        catch (ScriptException e)
        {
            report.Fail("script", e.Message);
        }
    }
}
