using System.Security.Cryptography;
using Pharos.Access;
using Pharos.Access.WebConfig;
using Pharos.Config;

namespace Pharos.Server.Access;

/// <summary>
/// Keeps the web configuration and its certificates current: looks at the files at most once a second, when somebody asks. What cannot be
/// used changes nothing and is said in the log. Safe for any thread.
/// </summary>
internal sealed partial class WebConfigSource
{
    private const int MaxFileBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly string? _path;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebConfigSource> _logger;

    /// <summary>Held by the one who looks; the others go on with what is known.</summary>
    private readonly Lock _look = new();
    private volatile WebConfigState _state;
    private byte[] _seen;
    private long _looked;

    /// <param name="path">The value of <c>--web.config.file</c>; null without one.</param>
    /// <param name="clock">Paces the looks.</param>
    /// <param name="logger">Takes what went wrong later.</param>
    /// <exception cref="ConfigException">The file is refused.</exception>
    /// <exception cref="AccessException">A certificate is.</exception>
    public WebConfigSource(string? path, TimeProvider clock, ILogger<WebConfigSource> logger)
    {
        _path = path;
        _clock = clock;
        _logger = logger;
        _state = path is null ? new WebConfigState(WebConfigFile.Empty, null) : Load(path);
        _seen = Fingerprint(_state);
        _looked = clock.GetTimestamp();
        foreach (ConfigWarning warning in _state.Config.Warnings)
        {
            Log.Odd(logger, warning.ToString());
        }
    }

    /// <summary>Whether connections speak TLS; fixed at start.</summary>
    public bool IsTls => _state.Tls is not null;

    /// <summary>What is in effect now.</summary>
    public WebConfigState Current()
    {
        if (_path is not null && _clock.GetElapsedTime(Interlocked.Read(ref _looked)) >= LookInterval && _look.TryEnter())
        {
            try
            {
                Look(_path);
            }
            finally
            {
                _look.Exit();
            }
        }

        return _state;
    }

    private void Look(string path)
    {
        byte[] seen = Fingerprint(_state);
        if (!seen.AsSpan().SequenceEqual(_seen))
        {
            // Remembered before it is judged: what is wrong is said once, not every second.
            _seen = seen;
            TakeUp(path);
        }

        Interlocked.Exchange(ref _looked, _clock.GetTimestamp());
    }

    private void TakeUp(string path)
    {
        try
        {
            WebConfigState next = Load(path);
            if ((next.Tls is null) != (_state.Tls is null))
            {
                Log.Rejected(_logger, path, "TLS is switched on or off by a restart only");
                return;
            }

            _state = next;
            _seen = Fingerprint(next);
            Log.TakenUp(_logger, path);
        }
        catch (Exception exception) when (exception is ConfigException or AccessException)
        {
            Log.Rejected(_logger, path, exception.Message);
        }
    }

    private static WebConfigState Load(string path)
    {
        WebConfigFile config = WebConfigFile.Load(path);
        return new WebConfigState(config, config.Tls is null ? null : TlsFiles.Load(config.Tls));
    }

    /// <summary>
    /// Of the content of all files, since mounted secrets change by links that keep their times. Between two files stands whether the first
    /// could be read at all.
    /// </summary>
    private byte[] Fingerprint(WebConfigState state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TlsServerConfig? tls = state.Config.Tls;
        foreach (string? path in (ReadOnlySpan<string?>)[_path, tls?.CertFile, tls?.KeyFile, tls?.ClientCaFile])
        {
            byte[]? content = string.IsNullOrEmpty(path) ? [] : Read(path);
            hash.AppendData(content is null ? "-"u8 : "+"u8);
            hash.AppendData(SHA256.HashData(content ?? []));
        }

        return hash.GetHashAndReset();
    }

    private static byte[]? Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > MaxFileBytes)
            {
                return null;
            }

            byte[] content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The web configuration or a certificate changed and is in effect")]
        public static partial void TakenUp(ILogger logger, string file);

        [LoggerMessage(Level = LogLevel.Error, Message = "The changed web configuration is refused, the former one stays in effect")]
        public static partial void Rejected(ILogger logger, string file, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The web configuration has an oddity")]
        public static partial void Odd(ILogger logger, string place);
    }
}
