namespace Pharos.Config.Http.Client;

/// <summary>Reads secrets from files when they are used, so that a rotated one counts at once.</summary>
internal static class SecretFile
{
    // A token, a password, a header: nothing longer is one.
    private const long MaxBytes = 1024 * 1024;

    /// <summary>The text without white space around it.</summary>
    /// <exception cref="HttpRequestException">It cannot be read; the message names what and where.</exception>
    public static async ValueTask<string> ReadAsync(string what, string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxBytes)
            {
                throw new HttpRequestException($"unable to read {what}: file {path} has {file.Length} bytes, at most {MaxBytes} are read");
            }

            return (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HttpRequestException($"unable to read {what}: unable to read file {path}: {e.Message}", e);
        }
    }
}
