using Pharos.Core.Files;
using Pharos.Server.Export;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos export [FLAGS]</c>: the samples of a running server as OpenMetrics or CSV, to standard output or a file.</summary>
internal sealed class ExportCommand : ICommand
{
    private const string Usage =
        $"""
        usage: pharos export --match=SELECTOR [FLAGS]

        Writes the samples of a running server as text, as they are stored. OpenMetrics text is what
        `pharos tsdb create-blocks-from openmetrics` and promtool make blocks of again: every number comes
        back bit by bit. Staleness markers and native histograms have no form in it and are left out;
        CSV has both.

        {ServerQuestion.Usage}
          --match=SELECTOR                 which series; may be repeated
          --start=TIME, --end=TIME         from and to, inclusive; everything by default
          --format=openmetrics|csv         how to write
          --output=FILE                    where to; standard output by default. A file is there when it is whole

        A TIME is seconds since 1970 or as 2026-11-20T14:05:00Z. The timeout is for the first answer.
        """;

    private const int CopyChars = 64 * 1024;

    private static readonly FlagCatalog Flags = new(
    [
        .. ServerQuestion.Flags,
        new FlagDefinition("match", FlagKind.Text, "", "") { Repeatable = true },
        new FlagDefinition("start", FlagKind.Text, "", ""),
        new FlagDefinition("end", FlagKind.Text, "", ""),
        new FlagDefinition("format", FlagKind.Choice, "openmetrics", "") { Choices = ["openmetrics", "csv"] },
        new FlagDefinition("output", FlagKind.Text, "", ""),
        new FlagDefinition("help", FlagKind.Switch, "false", ""),
    ]);

    public string Name => "export";

    public string Summary => "write the samples of a running server as OpenMetrics or CSV";

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

            if (words.Count > 0 || !flags.IsGiven("match"))
            {
                await io.Error.WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return ExitCode.Usage;
            }

            return await ExportAsync(flags, io, cancellationToken).ConfigureAwait(false);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos export: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (ServerQuestion.IsExpected(exception))
        {
            await io.Error.WriteLineAsync($"pharos export: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ExportAsync(FlagValues flags, CommandIo io, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form = [new("format", flags.Get("format")), .. flags.GetList("match").Select(static match => KeyValuePair.Create("match[]", match))];
        foreach (string time in (string[])["start", "end"])
        {
            if (AskedTimes.Time(flags, time) is { } milliseconds)
            {
                form.Add(new(time, AskedTimes.Seconds(milliseconds)));
            }
        }

        using HttpClient client = await ServerQuestion.ClientAsync(flags, cancellationToken).ConfigureAwait(false);
        using HttpResponseMessage response = await ServerQuestion.PostForStreamAsync(client, flags, ExportEndpoint.Path, form, io.Clock, cancellationToken).ConfigureAwait(false);
        Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            if (flags.Get("output") is { Length: > 0 } file)
            {
                await SaveAsync(content, file, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await PrintAsync(content, io.Out, cancellationToken).ConfigureAwait(false);
            }
        }

        if (response.TrailingHeaders.TryGetValues(ExportEndpoint.LeftOutTrailer, out IEnumerable<string>? leftOut) && leftOut.First() != "0")
        {
            await io.Error.WriteLineAsync($"pharos export: left out {leftOut.First()} native histograms, which OpenMetrics text has no form for".AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }

    private static async Task SaveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        string unfinished = full + ".tmp";
        try
        {
            var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        FolderSync.Flush(Path.GetDirectoryName(full)!);
    }

    private static async Task PrintAsync(Stream content, TextWriter output, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content);
        char[] buffer = new char[CopyChars];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }
}
