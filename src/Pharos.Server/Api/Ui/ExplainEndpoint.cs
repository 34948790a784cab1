using System.Text.Json;
using Pharos.PromQL;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary><c>p/explain</c>: runs a query once and tells what each part of it saw, and why it is empty if it is.</summary>
internal sealed class ExplainEndpoint(PrometheusApiServices services)
{
    public void Map(IEndpointRouteBuilder reading)
    {
        reading.MapUi(HttpMethods.Get, "explain", AnswerAsync);
        reading.MapUi(HttpMethods.Post, "explain", AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        ExplainRequest request = await ExplainRequest.ReadAsync(context, services.Clock).ConfigureAwait(false);
        QueryExplanation explanation;
        try
        {
            PromQLEngine engine = services.Engine;
            explanation = request.StepMs == 0
                ? await engine.ExplainInstantAsync(services.Source, request.Query, request.From, context.RequestAborted).ConfigureAwait(false)
                : await engine.ExplainRangeAsync(services.Source, request.Query, request.From, request.To, request.StepMs, context.RequestAborted).ConfigureAwait(false);
        }
        catch (QueryException error) when (error.InnerException is PromQLException syntax)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "the query is not PromQL")
            {
                Cause = syntax.Message,
                Place = new TextPlaces(request.Query).Of(syntax.Position),
            };
        }

        await UiAnswer.WriteAsync(context, services.Clock, json => Write(json, explanation)).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, QueryExplanation explanation)
    {
        json.WriteString("query"u8, explanation.Query);
        if (explanation.Error is { } error)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, UiText.Sentence(error.Kind == QueryErrorKind.Timeout ? "the query took too long" : "the query cannot be answered"));
            json.WriteString("cause"u8, error.Message);
            json.WriteEndObject();
        }

        if (explanation.Result is { } result)
        {
            WriteResult(json, result);
        }

        json.WriteNumber("samples"u8, explanation.Statistics.SamplesRead);
        json.WriteNumber("peakSamples"u8, explanation.Statistics.PeakSamples);
        WriteMilliseconds(json, "queueMs", explanation.Statistics.QueueTime);
        WriteMilliseconds(json, "evaluationMs", explanation.Statistics.EvaluationTime);
        if (explanation.EmptyBecause is { } empty)
        {
            json.WriteStartObject("empty"u8);
            json.WriteNumber("node"u8, empty.Node.Id);
            json.WriteNumber("note"u8, empty.Node.Notes.Index().First(note => ReferenceEquals(note.Item, empty.Note)).Index);
            json.WriteEndObject();
        }

        var places = new TextPlaces(explanation.Query);
        json.WriteStartArray("nodes"u8);
        foreach (ExplainedNode node in explanation.Nodes)
        {
            ExplainedNodeWriter.Write(json, node, places);
        }

        json.WriteEndArray();
        json.WriteIfTrue("isCut", explanation.IsCut);
        WriteTexts(json, "warnings", explanation.Result?.Warnings ?? []);
        WriteTexts(json, "infos", explanation.Result?.Infos ?? []);
    }

    private static void WriteResult(Utf8JsonWriter json, QueryResult result)
    {
        json.WriteStartObject("result"u8);
        json.WriteString("type"u8, result.Type.ApiName());
        json.WriteNumber("series"u8, result.Rows.Count);
        json.WriteNumber("points"u8, result.CountPoints());
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
}
