using System.Text.Json;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos query instant|range [FLAGS] [SERVER] EXPRESSION</c>: asks a running server over its HTTP API and prints the answer as promtool does.</summary>
internal sealed class QueryCommand : ICommand
{
    private const string Usage =
        $"""
        usage: pharos query instant [FLAGS] [SERVER] EXPRESSION
               pharos query range [FLAGS] [SERVER] EXPRESSION

        Asks a running server and prints one line a series: its labels, the value and its time;
        of a range a line a value behind each series.

        {ServerQuestion.Usage}
          --time=TIME                      instant: when to evaluate; now by default
          --start=TIME, --end=TIME         range: from and to; the last five minutes by default
          --step=15s                       range: from value to value; a 250th of the range by default
          --format=promql|json             how to print

        A TIME is seconds since 1970 or as 2026-11-20T14:05:00Z.
        """;

    private static readonly FlagCatalog Flags = new(
    [
        .. ServerQuestion.Flags,
        .. AskedTimes.RangeFlags,
        new FlagDefinition("time", FlagKind.Text, "", ""),
        new FlagDefinition("format", FlagKind.Choice, "promql", "") { Choices = ["promql", "json"] },
        new FlagDefinition("help", FlagKind.Switch, "false", ""),
    ]);

    public string Name => "query";

    public string Summary => "ask a running server a question in PromQL";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
            if (flags.IsOn("help"))
            {
                await io.Out.WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }

            if (words.Count is not (2 or 3) || words[0] is not ("instant" or "range"))
            {
                await io.Error.WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Usage;
            }

            // The server may stand before the expression, as promtool has it.
            string server = words.Count == 3 ? words[1] : flags.Get("server");
            return await AskAsync(flags, server, words[0] == "range", words[^1], io, cancellationToken).ConfigureAwait(false);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos query: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (ServerQuestion.IsExpected(exception))
        {
            await io.Error.WriteLineAsync($"pharos query: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> AskAsync(FlagValues flags, string server, bool isRange, string expression, CommandIo io, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["query"] = expression };
        if (isRange)
        {
            var times = AskedTimes.Range(flags, io.Clock);
            form["start"] = AskedTimes.Seconds(times.Start);
            form["end"] = AskedTimes.Seconds(times.End);
            form["step"] = AskedTimes.Seconds(times.StepMs);
        }
        else if (flags.IsGiven("time"))
        {
            form["time"] = AskedTimes.Seconds(AskedTimes.Instant(flags, io.Clock).Start);
        }

        using JsonDocument answer = await ServerQuestion.PostAsync(flags, server, isRange ? "/api/v1/query_range" : "/api/v1/query", form, io.Clock, cancellationToken)
            .ConfigureAwait(false);
        if (answer.RootElement.GetProperty("status").GetString() != "success")
        {
            string error = answer.RootElement.GetProperty("error").GetString() ?? "";
            await io.Error.WriteLineAsync($"pharos query: {answer.RootElement.GetProperty("errorType").GetString()}: {error}".AsMemory(), cancellationToken)
                .ConfigureAwait(false);
            return ExitCode.Failure;
        }

        foreach (string member in (string[])["warnings", "infos"])
        {
            foreach (JsonElement text in answer.RootElement.TryGetProperty(member, out JsonElement texts) ? texts.EnumerateArray() : default)
            {
                await io.Error.WriteLineAsync(text.GetString().AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }

        JsonElement data = answer.RootElement.GetProperty("data");
        string printed = flags.Get("format") == "json" ? data.GetProperty("result").GetRawText() + "\n" : QueryAnswerText.Print(data);
        await io.Out.WriteAsync(printed.AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
