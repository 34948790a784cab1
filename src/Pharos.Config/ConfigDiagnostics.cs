namespace Pharos.Config;

/// <summary>Collects what is found while one file is read. Not thread-safe.</summary>
public sealed class ConfigDiagnostics
{
    /// <summary>After so many errors only their number grows.</summary>
    public const int MaxErrors = 200;

    private readonly List<ConfigError> _errors = [];
    private readonly List<ConfigWarning> _warnings = [];
    private readonly List<(TextPosition Position, string Path)> _neededFiles = [];
    private int _unlisted;

    /// <summary>Collects for a file.</summary>
    /// <param name="file">The path that messages name and against whose folder relative paths are resolved.</param>
    public ConfigDiagnostics(string file)
    {
        File = file;
        Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? Path.GetFullPath(".");
    }

    /// <summary>The path as it was given.</summary>
    public string File { get; }

    /// <summary>The absolute folder of the file.</summary>
    public string Folder { get; }

    /// <summary>Errors so far, at most <see cref="MaxErrors"/>.</summary>
    public IReadOnlyList<ConfigError> Errors => _errors;

    /// <summary>Warnings so far.</summary>
    public IReadOnlyList<ConfigWarning> Warnings => _warnings;

    /// <summary>Files that the configuration names to be read later, as of passwords, with absolute paths.</summary>
    public IReadOnlyList<(TextPosition Position, string Path)> NeededFiles => _neededFiles;

    /// <summary>Whether the file must be refused.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>Notes an error. <paramref name="found"/> must not be a secret.</summary>
    public void Error(TextPosition position, string message, string? found = null, string? expected = null)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new ConfigError(File, position.Line, position.Column, message, found is null ? null : ConfigText.Shorten(found), expected));
        }
        else
        {
            _unlisted++;
        }
    }

    /// <summary>Notes a warning.</summary>
    public void Warn(TextPosition position, string message) => _warnings.Add(new ConfigWarning(File, position.Line, position.Column, message));

    /// <summary>Notes a file that will be read later. It need not be there yet.</summary>
    public void NeedFile(TextPosition position, string path) => _neededFiles.Add((position, path));

    /// <summary>Takes over what another file's reading found.</summary>
    public void Include(ConfigDiagnostics other)
    {
        _errors.AddRange(other._errors);
        _warnings.AddRange(other._warnings);
        _unlisted += other._unlisted;
    }

    /// <summary>Takes over errors that a reader of its own threw.</summary>
    public void Include(IEnumerable<ConfigError> errors) => _errors.AddRange(errors);

    /// <summary>A relative path as seen from the file's folder; empty and absolute paths stay as they are.</summary>
    public string Resolve(string path) => path.Length == 0 || Path.IsPathRooted(path) ? path : Path.GetFullPath(Path.Combine(Folder, path));

    /// <summary>Refuses the file when anything is wrong with it.</summary>
    /// <exception cref="ConfigException">There are errors; they are in the order of the file.</exception>
    public void ThrowIfErrors()
    {
        if (_errors.Count == 0)
        {
            return;
        }

        throw new ConfigException(SortedErrors());
    }

    /// <summary>Every error once, in the order of the file, other files' after it; at the end how many more there were.</summary>
    public IReadOnlyList<ConfigError> SortedErrors()
    {
        List<ConfigError> sorted =
        [
            .. _errors.Distinct()
                .OrderBy(e => string.Equals(e.File, File, StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(static e => e.File, StringComparer.Ordinal)
                .ThenBy(static e => e.Line)
                .ThenBy(static e => e.Column),
        ];
        if (_unlisted > 0)
        {
            sorted.Add(new ConfigError(File, 0, 0, $"and {_unlisted} more errors", null, null));
        }

        return sorted;
    }
}
