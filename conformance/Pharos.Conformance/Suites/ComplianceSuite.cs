using System.Text.Json;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing;
using Pharos.Testing.Differential;
using Pharos.Testing.Processes;
using Pharos.Testing.Queries;

namespace Pharos.Conformance.Suites;

/// <summary>
/// The list of compliance queries over the data that their names imply: ten minutes in steps of ten seconds, as upstream asks. Where <c>eng/get-peers</c> has
/// unpacked the real Prometheus, both answers are compared; otherwise a query must be answered, or refused where the list says so.
/// </summary>
internal sealed class ComplianceSuite : ISuite
{
    private const long Step = 10_000;
    private const long Start = DemoMetrics.End - (60 * Step);

    public string Area => "promql-queries";

    public string FilePattern => "compliance_queries.json";

    public void Run(string path, CaseReporter report)
    {
        // A console program and tests: no context to wait for.
#pragma warning disable VSTHRD002
        RunAsync(path, report).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private static async Task RunAsync(string path, CaseReporter report)
    {
        IReadOnlyList<(Labels Labels, IReadOnlyList<Core.Samples.Sample> Samples)> data = DemoMetrics.Make();
        var store = new InMemorySeriesSource();
        foreach ((Labels labels, IReadOnlyList<Core.Samples.Sample> samples) in data)
        {
            foreach (Core.Samples.Sample sample in samples)
            {
                store.Add(labels, sample.Timestamp, sample.Value);
            }
        }

        using var folder = new TempFolder();
        using var engine = new PromQLEngine(new EngineOptions());
        await using ServerProcess? prometheus = Peers.Has("prometheus") ? await ServerProcess.StartPrometheusAsync(folder, "global: {}", "--web.enable-remote-write-receiver") : null;
        if (prometheus is null)
        {
            report.Note("the real Prometheus is not here (eng/get-peers .peers): the compliance queries are only answered");
        }
        else
        {
            await prometheus.RemoteWriteAsync(DifferentialData.ToWriteRequest(data).ToBody());
        }

        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            bool mustFail = testCase.TryGetProperty("should_fail", out JsonElement flag) && flag.GetBoolean();
            foreach (string query in testCase.GetProperty("expanded").EnumerateArray().Select(static e => e.GetString()!))
            {
                var asked = new QueryCase(new WrittenTerm(query), Start, DemoMetrics.End, Step);
                Answer answer = await EngineAnswer.AskAsync(engine, store, asked);
                string? problem = prometheus is null
                    ? ProblemAlone(query, answer, mustFail)
                    : KnownDifferences.DifferenceBeyond(asked, await ServerPair.AskAsync(prometheus.Api, asked), answer);
                if (problem is null)
                {
                    report.Pass(query);
                }
                else
                {
                    report.Fail(query, problem);
                }
            }
        }
    }

    private static string? ProblemAlone(string query, Answer answer, bool mustFail)
    {
        if (answer.IsError)
        {
            return mustFail ? null : $"expected an answer, got {answer.ErrorType}: {answer.Error}";
        }

        return !mustFail || MakesNewLabelName(PromQLParser.ParseExpr(query)) ? null : "expected an error, got an answer";
    }

    // The list is older than names in UTF-8: what it wants refused for a name's form only, Prometheus 3 answers.
    private static bool MakesNewLabelName(Expr expression) => expression is Call { Function.Name: "label_replace" or "label_join" } call
        && call.Arguments[1] is StringLiteral target && !LabelName.IsLegacy(System.Text.Encoding.UTF8.GetString(target.Bytes.Span));
}
