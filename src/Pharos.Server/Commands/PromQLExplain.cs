using System.Buffers;
using System.Text;
using System.Text.Json;
using Pharos.PromQL;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos promql explain [FLAGS] EXPRESSION</c>: has a server run the query and prints what each part of it saw; without a server, the parts alone.</summary>
internal static class PromQLExplain
{
    public const string Usage =
        $"""
        usage: pharos promql explain [FLAGS] EXPRESSION

        Has a running server evaluate the expression and prints its tree: the series, values and samples
        that each node saw and the time it took, where a join lost its series, why the answer is empty.

        {ServerQuestion.Usage}
          --time=TIME                      when to evaluate; now by default
          --start=TIME, --end=TIME         evaluate over a range instead
          --step=15s                       from step to step; a 250th of the range by default
          --offline                        ask no server: the tree, and what would be computed once

        A TIME is seconds since 1970 or as 2026-11-20T14:05:00Z.
        """;

    private static readonly FlagCatalog Flags = new(
    [
        .. ServerQuestion.Flags,
        .. AskedTimes.RangeFlags,
        new FlagDefinition("time", FlagKind.Text, "", ""),
        new FlagDefinition("offline", FlagKind.Switch, "false", ""),
        new FlagDefinition("help", FlagKind.Switch, "false", ""),
    ]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
            if (flags.IsOn("help") || words.Count != 1)
            {
                await (flags.IsOn("help") ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return flags.IsOn("help") ? ExitCode.Success : ExitCode.Usage;
            }

            bool isRange = flags.IsGiven("start") || flags.IsGiven("end") || flags.IsGiven("step");
            if (isRange && flags.IsGiven("time"))
            {
                throw new FlagException("--time is for one time, --start, --end and --step are for a range", exitCode: 1);
            }

            AskedTimes times = isRange ? AskedTimes.Range(flags, io.Clock) : AskedTimes.Instant(flags, io.Clock);
            return flags.IsOn("offline")
                ? await ExplainOfflineAsync(words[0], times, io, cancellationToken).ConfigureAwait(false)
                : await AskAsync(flags, words[0], times, io, cancellationToken).ConfigureAwait(false);
        }
        catch (FlagException exception)
        {
            await WriteErrorAsync(io, exception.Message, cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (PromQLException exception)
        {
            await WriteErrorAsync(io, ExpressionError.Describe(args[^1], exception), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
        catch (Exception exception) when (ServerQuestion.IsExpected(exception) || exception is QueryException)
        {
            await WriteErrorAsync(io, exception.Message, cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static Task WriteErrorAsync(CommandIo io, string message, CancellationToken cancellationToken) =>
        io.Error.WriteLineAsync($"pharos promql explain: {message}".AsMemory(), cancellationToken);

    private static async Task<int> AskAsync(FlagValues flags, string expression, AskedTimes times, CommandIo io, CancellationToken cancellationToken)
    {
        using JsonDocument answer = await ServerQuestion.PostJsonAsync(flags, flags.Get("server"), "/api/pharos/v1/explain", Question(expression, times), io.Clock, cancellationToken)
            .ConfigureAwait(false);
        JsonElement root = answer.RootElement;
        if (!root.TryGetProperty("nodes", out _))
        {
            await WriteErrorAsync(io, Refusal(root), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }

        await io.Out.WriteAsync(ExplanationText.Print(root).AsMemory(), cancellationToken).ConfigureAwait(false);
        if (!root.TryGetProperty("error", out JsonElement error))
        {
            return ExitCode.Success;
        }

        await WriteErrorAsync(io, error.GetProperty("cause").GetString() ?? "", cancellationToken).ConfigureAwait(false);
        return ExitCode.Failure;
    }

    // The plan knows what is computed once without any series: the expression runs over none.
    private static async Task<int> ExplainOfflineAsync(string expression, AskedTimes times, CommandIo io, CancellationToken cancellationToken)
    {
        PromQLParser.ParseExpr(expression, ParserOptions.Everything);
        using var engine = new PromQLEngine(new EngineOptions { Parser = ParserOptions.Everything, TimeProvider = io.Clock });
        var nothing = new InMemorySeriesSource();
        QueryExplanation explanation = times.StepMs == 0
            ? await engine.ExplainInstantAsync(nothing, expression, times.Start, cancellationToken).ConfigureAwait(false)
            : await engine.ExplainRangeAsync(nothing, expression, times.Start, times.End, times.StepMs, cancellationToken).ConfigureAwait(false);
        await io.Out.WriteAsync(ExplanationText.PrintTree(explanation.Nodes).AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static string Question(string expression, AskedTimes times)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("query"u8, expression);
            if (times.StepMs == 0)
            {
                json.WriteNumber("time"u8, times.Start);
            }
            else
            {
                json.WriteNumber("from"u8, times.Start);
                json.WriteNumber("to"u8, times.End);
                json.WriteNumber("step"u8, times.StepMs);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    private static string Refusal(JsonElement root)
    {
        JsonElement error = root.GetProperty("error");
        return error.TryGetProperty("cause", out JsonElement cause) ? $"{error.GetProperty("message").GetString()} {cause.GetString()}" : error.GetProperty("message").GetString() ?? "";
    }
}
