using System.Security.Authentication;

namespace Pharos.Config.Http.Client;

/// <summary>A PEM text that stands in the configuration or in a file, which is read each time.</summary>
internal sealed class PemSource(string what, string text, string file)
{
    public bool IsEmpty => text.Length == 0 && file.Length == 0;

    /// <exception cref="AuthenticationException">The file cannot be read.</exception>
    public string Read()
    {
        if (file.Length == 0)
        {
            return text;
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuthenticationException($"unable to read {what}: unable to read file {file}: {e.Message}", e);
        }
    }
}
