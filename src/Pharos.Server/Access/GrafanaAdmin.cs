using System.Collections;
using System.Text;
using Pharos.Access;
using Pharos.Config;

namespace Pharos.Server.Access;

/// <summary>The first admin by Grafana's variables: <c>GF_SECURITY_ADMIN_USER</c> and <c>GF_SECURITY_ADMIN_PASSWORD</c>, each also as a file by <c>__FILE</c>.</summary>
internal static class GrafanaAdmin
{
    private const string UserVariable = "GF_SECURITY_ADMIN_USER";
    private const string PasswordVariable = "GF_SECURITY_ADMIN_PASSWORD";
    private const int MaxBytes = 4096;

    /// <summary>Null when no password is given.</summary>
    /// <exception cref="AccessException">A file cannot be read.</exception>
    public static GivenAdmin? Read(IDictionary variables)
    {
        (string? password, string source) = Value(variables, PasswordVariable);
        (string? name, _) = Value(variables, UserVariable);
        return string.IsNullOrEmpty(password) ? null : new GivenAdmin(string.IsNullOrEmpty(name) ? FirstStart.AdminName : name, password, source);
    }

    private static (string? Value, string Source) Value(IDictionary variables, string variable)
    {
        string file = variable + "__FILE";
        if (variables[file] is not string { Length: > 0 } path)
        {
            return (variables[variable] as string, variable);
        }

        try
        {
            byte[] bytes = BoundedFile.Read(path, MaxBytes) ?? throw new AccessException($"{file} {path}: more than {MaxBytes} bytes");
            return (Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n'), file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"{file} {path}: {BoundedFile.Describe(exception, path)}");
        }
    }
}
