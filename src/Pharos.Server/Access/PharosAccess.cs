using Pharos.Access;
using Pharos.Access.Authentication;
using Pharos.Access.Passwords;
using Pharos.Access.Sessions;
using Pharos.Access.Tokens;
using Pharos.Access.Users;
using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Server.Options;

namespace Pharos.Server.Access;

/// <summary>The door of the server: who is let in, and what it takes to know that.</summary>
internal sealed partial class PharosAccess : IDisposable
{
    private readonly string _dataFolder;
    private readonly WebOptions _web;
    private readonly ILogger<PharosAccess> _logger;

    private PharosAccess(WebOptions web, string dataFolder, IDocumentStore documents, WebConfigSource webConfig, PasswordHasher hasher, TimeProvider clock, ILogger<PharosAccess> logger)
    {
        _web = web;
        _dataFolder = dataFolder;
        _logger = logger;
        WebConfig = webConfig;
        Users = new UserStore(documents, hasher, clock);
        Tokens = new TokenStore(documents, clock);
        Authenticator = new Authenticator(Users, Tokens, () => WebConfig.Current().Config.BasicAuthUsers, clock);
        Sessions = new SessionStore(documents, Users, () => WebConfig.Current().Config.BasicAuthUsers, clock);
    }

    public UserStore Users { get; }

    public TokenStore Tokens { get; }

    public Authenticator Authenticator { get; }

    public SessionStore Sessions { get; }

    /// <summary>Where the one-time password of the first start stands while it is good.</summary>
    public string DataFolder => _dataFolder;

    public WebConfigSource WebConfig { get; }

    public AccessMetrics Metrics { get; } = new();

    /// <summary>Whether nobody has to sign in: <c>--web.auth=none</c>.</summary>
    public bool IsOpen => _web.Auth == AuthMode.None;

    /// <summary>See <see cref="WebOptions.ExternalUrl"/>.</summary>
    public Uri? ExternalUrl => _web.ExternalUrl;

    /// <param name="web">How the server is reached.</param>
    /// <param name="dataFolder">Where the first password is written when nobody watches.</param>
    /// <param name="documents">The users and tokens.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="loggers">Makes the loggers.</param>
    /// <param name="hasher">For new passwords; null for the usual strength.</param>
    /// <exception cref="AccessException">The server must not start like this; the message says why.</exception>
    public static PharosAccess Open(WebOptions web, string dataFolder, IDocumentStore documents, TimeProvider clock, ILoggerFactory loggers, PasswordHasher? hasher = null)
    {
        WebConfigSource webConfig;
        try
        {
            webConfig = new WebConfigSource(web.ConfigFile, clock, loggers.CreateLogger<WebConfigSource>());
        }
        catch (ConfigException exception)
        {
            throw new AccessException($"--web.config.file: {exception.Message}");
        }

        if (AuthModeRule.Check(web, webConfig.Current().Config) is string reason)
        {
            throw new AccessException(reason);
        }

        return new PharosAccess(web, dataFolder, documents, webConfig, hasher ?? new PasswordHasher(), clock, loggers.CreateLogger<PharosAccess>());
    }

    /// <summary>Makes the first admin where nobody could sign in otherwise. Call it before the port opens.</summary>
    /// <param name="hasTerminal">Whether somebody watches, to whom the caller shows the password of the notice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="given">The admin that the environment names; null for none.</param>
    /// <exception cref="AccessException">Nobody can sign in, and no admin can be made.</exception>
    public async Task<FirstStartNotice> FirstStartAsync(bool hasTerminal, CancellationToken cancellationToken, GivenAdmin? given = null)
    {
        if (IsOpen)
        {
            return new FirstStartNotice(FirstStartKind.NotNeeded, FirstStart.AdminName, null, null);
        }

        bool hasOtherUsers = WebConfig.Current().Config.BasicAuthUsers.Count > 0;
        FirstStartNotice notice = await new FirstStart(Users, _dataFolder)
            .RunAsync(_web.AdminPasswordFile, hasTerminal, hasOtherUsers, cancellationToken, given).ConfigureAwait(false);
        if (notice.Kind != FirstStartKind.NotNeeded)
        {
            Log.FirstAdmin(_logger, notice);
        }

        await ReportUnreadableAsync(cancellationToken).ConfigureAwait(false);
        return notice;
    }

    public void Dispose() => Authenticator.Dispose();

    private async Task ReportUnreadableAsync(CancellationToken cancellationToken)
    {
        UserList users = await Users.ListAsync(cancellationToken).ConfigureAwait(false);
        TokenList tokens = await Tokens.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (UnreadableDocument broken in users.Unreadable.Concat(tokens.Unreadable))
        {
            Log.Unreadable(_logger, broken.Place, broken.Reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "First start")]
        public static partial void FirstAdmin(ILogger logger, FirstStartNotice done);

        [LoggerMessage(Level = LogLevel.Error, Message = "A user or token cannot be read and lets nobody in")]
        public static partial void Unreadable(ILogger logger, string place, string reason);
    }
}
