using Pharos.Access.Passwords;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Core.Time;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos token</c>: what programs sign in with.</summary>
internal sealed class TokenCommand : AccessCommand
{
    private const string Actions = "create, list or revoke";
    private const string Never = "never";

    private static readonly FlagDefinition[] CreateFlags =
    [
        new("name", FlagKind.Text, "", "What the token is called.") { Placeholder = "<name>" },
        new("scope", FlagKind.Text, "", "What it is good for: read, ingest or admin.") { Placeholder = "<scope>" },
        new("expires", FlagKind.Text, "90d", "How long it lives, such as 12h or 30d; or never."),
    ];

    public TokenCommand()
        : this(null)
    {
    }

    internal TokenCommand(PasswordHasher? hasher)
        : base(CreateFlags, hasher)
    {
    }

    public override string Name => "token";

    public override string Summary => "create, list and revoke tokens of programs";

    protected override string Usage => """
        usage: pharos token create --name NAME --scope read|ingest|admin [--expires 30d|never]
               pharos token list
               pharos token revoke NAME

        The token is written to standard output, once: only a hash of it is kept. A running server follows within a second.
        """;

    protected override async Task RunAsync(IReadOnlyList<string> words, FlagValues flags, AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        string action = words.Count > 0 ? words[0] : "";
        if (action != "create" && Array.Find(CreateFlags, flag => flags.IsGiven(flag.Name)) is { } misplaced)
        {
            throw new FlagException($"--{misplaced.Name} belongs to create", ExitCode.Usage);
        }

        switch (action)
        {
            case "create":
                ExpectWords(words);
                await CreateAsync(flags, stores, io, cancellationToken).ConfigureAwait(false);
                break;
            case "list":
                ExpectWords(words);
                await ListAsync(stores, io, cancellationToken).ConfigureAwait(false);
                break;
            case "revoke":
                ExpectWords(words, "NAME");
                await stores.Tokens.RevokeAsync(words[1], cancellationToken).ConfigureAwait(false);
                await SayAsync(io, $"token \"{words[1]}\" is revoked", cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw UnknownAction(words, Actions);
        }
    }

    private static async Task CreateAsync(FlagValues flags, AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        string name = flags.Get("name");
        if (name.Length == 0)
        {
            throw new FlagException("create: --name is missing", ExitCode.Usage);
        }

        if (!TokenScopeWords.TryParse(flags.Get("scope"), out TokenScope scope))
        {
            throw new FlagException($"create: --scope is {TokenScopeWords.All}", ExitCode.Usage);
        }

        (Token token, string text) = await stores.Tokens.CreateAsync(name, scope, ReadLifetime(flags.Get("expires")), cancellationToken).ConfigureAwait(false);
        string end = token.Expires is DateTimeOffset expires ? $"until {Time(expires)}" : "for ever";
        await SayAsync(io, $"token \"{name}\" of scope {scope.ToWord()}, {end}; it is not shown again:", cancellationToken).ConfigureAwait(false);
        await io.Out.WriteLineAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }

    private static TimeSpan? ReadLifetime(string text)
    {
        if (text == Never)
        {
            return null;
        }

        if (!PrometheusDuration.TryParse(text, out TimeSpan lifetime, out string? error))
        {
            throw new FlagException($"--expires: {error}; expected such as 12h or 30d, or {Never}", ExitCode.Usage);
        }

        return lifetime > TimeSpan.Zero ? lifetime : throw new FlagException($"--expires: a token of no lifetime is of no use; or did you mean {Never}?", ExitCode.Usage);
    }

    private static async Task ListAsync(AccessStores stores, CommandIo io, CancellationToken cancellationToken)
    {
        TokenList list = await stores.Tokens.ListAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = io.Clock.GetUtcNow();
        List<string[]> rows = [["NAME", "SCOPE", "BEGINS WITH", "CREATED", "EXPIRES"]];
        rows.AddRange(list.Tokens.Select(token => (string[])
        [
            token.Name,
            token.Scope.ToWord(),
            token.Prefix,
            Time(token.Created),
            token.Expires is not DateTimeOffset expires ? Never : expires <= now ? "expired" : Time(expires),
        ]));
        await WriteTableAsync(io, rows, cancellationToken).ConfigureAwait(false);
        await SayUnreadableAsync(io, list.Unreadable, cancellationToken).ConfigureAwait(false);
    }
}
