using Pharos.Access;
using Pharos.Access.Passwords;
using Pharos.Core.Contracts;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary>What <c>pharos user</c> and <c>pharos token</c> have in common: an action, words and flags, and one line for what went wrong.</summary>
internal abstract class AccessCommand : ICommand
{
    private readonly FlagCatalog _flags;
    private readonly PasswordHasher _hasher;

    protected AccessCommand(IEnumerable<FlagDefinition> flags, PasswordHasher? hasher)
    {
        _flags = new FlagCatalog([AccessStores.Flag, .. flags]);
        _hasher = hasher ?? new PasswordHasher();
    }

    public abstract string Name { get; }

    public abstract string Summary { get; }

    /// <summary>The lines of the actions for the help.</summary>
    protected abstract string Usage { get; }

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        if (args.Length == 0 || args.Contains("--help") || args.Contains("-h"))
        {
            TextWriter output = args.Length == 0 ? io.Error : io.Out;
            await output.WriteAsync((Usage + "\n\nFlags:\n" + FlagHelp.Print(_flags)).AsMemory(), cancellationToken).ConfigureAwait(false);
            return args.Length == 0 ? ExitCode.Usage : ExitCode.Success;
        }

        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(_flags, args);
            using AccessStores stores = AccessStores.Open(flags, io, _hasher);
            await RunAsync(words, flags, stores, io, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (FlagException exception)
        {
            await SayAsync(io, $"{exception.Message}; see pharos {Name} --help", cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is AccessException or DocumentStoreException)
        {
            await SayAsync(io, exception.Message, cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    /// <exception cref="FlagException">The command line is wrong.</exception>
    /// <exception cref="AccessException">It cannot be done.</exception>
    protected abstract Task RunAsync(IReadOnlyList<string> words, FlagValues flags, AccessStores stores, CommandIo io, CancellationToken cancellationToken);

    /// <summary>Refuses an action with too many or too few words.</summary>
    protected static void ExpectWords(IReadOnlyList<string> words, params ReadOnlySpan<string> names)
    {
        if (words.Count - 1 < names.Length)
        {
            throw new FlagException($"{words[0]}: {names[words.Count - 1]} is missing", ExitCode.Usage);
        }

        if (words.Count - 1 > names.Length)
        {
            throw new FlagException($"{words[0]}: unexpected {words[names.Length + 1]}", ExitCode.Usage);
        }
    }

    protected static FlagException UnknownAction(IReadOnlyList<string> words, string expected)
        => new(words.Count == 0 ? $"an action is missing: {expected}" : $"unknown action {words[0]}: expected {expected}", ExitCode.Usage);

    protected static Task SayAsync(CommandIo io, string message, CancellationToken cancellationToken)
        => io.Error.WriteLineAsync($"pharos: {message}".AsMemory(), cancellationToken);

    /// <summary>Writes rows with columns of equal width.</summary>
    protected static async Task WriteTableAsync(CommandIo io, IReadOnlyList<string[]> rows, CancellationToken cancellationToken)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            await io.Out.WriteLineAsync(line.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    protected static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    protected static async Task SayUnreadableAsync(CommandIo io, IReadOnlyList<UnreadableDocument> unreadable, CancellationToken cancellationToken)
    {
        foreach (UnreadableDocument broken in unreadable)
        {
            await SayAsync(io, $"cannot be read and lets nobody in: {broken.Place}: {broken.Reason}", cancellationToken).ConfigureAwait(false);
        }
    }
}
