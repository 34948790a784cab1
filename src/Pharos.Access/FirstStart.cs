using System.Text;
using Pharos.Access.Passwords;
using Pharos.Access.Users;
using Pharos.Core.Contracts;

namespace Pharos.Access;

/// <summary>Makes the first admin, so that Pharos is never open and never without a way in.</summary>
public sealed class FirstStart
{
    /// <summary>The name of the first user.</summary>
    public const string AdminName = "admin";

    /// <summary>The file in the data folder, mode 0600.</summary>
    public const string FileName = "initial-admin-password";

    private const int MaxPasswordFileBytes = 4096;

    private readonly UserStore _users;
    private readonly string _dataFolder;

    /// <param name="users">Where the admin is made.</param>
    /// <param name="dataFolder">Where the password is written when nobody watches.</param>
    public FirstStart(UserStore users, string dataFolder)
    {
        _users = users;
        _dataFolder = dataFolder;
    }

    /// <param name="adminPasswordFile">The value of <c>--web.admin-password-file</c>; null without one. Read on the first start only.</param>
    /// <param name="hasTerminal">Whether the password may be shown to somebody.</param>
    /// <param name="hasOtherUsers">Whether <c>basic_auth_users</c> let somebody in, so that no admin has to be made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="given">The admin that the environment names, where no file does; null for none.</param>
    /// <exception cref="AccessException">The file cannot be read or its password is refused, or the users are there and cannot be read.</exception>
    public async Task<FirstStartNotice> RunAsync(
        string? adminPasswordFile, bool hasTerminal, bool hasOtherUsers, CancellationToken cancellationToken, GivenAdmin? given = null)
    {
        UserList list = await _users.ListAsync(cancellationToken).ConfigureAwait(false);
        if (list.Users.Count > 0 || (hasOtherUsers && adminPasswordFile is null && given is null))
        {
            return new FirstStartNotice(FirstStartKind.NotNeeded, AdminName, null, null);
        }

        if (list.Unreadable.Count > 0)
        {
            UnreadableDocument broken = list.Unreadable[0];
            throw new AccessException($"no user can sign in: {broken.Place}: {broken.Reason}; mend or remove it");
        }

        if (adminPasswordFile is not null)
        {
            string fromFile = await ReadPasswordFileAsync(adminPasswordFile, cancellationToken).ConfigureAwait(false);
            await _users.AddAsync(AdminName, Role.Admin, fromFile, cancellationToken).ConfigureAwait(false);
            return new FirstStartNotice(FirstStartKind.FromFile, AdminName, null, adminPasswordFile);
        }

        if (given is not null)
        {
            // What everybody tries first lets nobody do more than choose another one.
            Task<User> adding = PasswordRule.Check(given.Name, given.Password) is null
                ? _users.AddAsync(given.Name, Role.Admin, given.Password, cancellationToken)
                : _users.AddForChangeAsync(given.Name, Role.Admin, given.Password, cancellationToken);
            await adding.ConfigureAwait(false);
            return new FirstStartNotice(FirstStartKind.FromEnvironment, given.Name, null, given.Source);
        }

        string password = RandomPassword.Make();
        if (hasTerminal)
        {
            await _users.AddUnclaimedAsync(AdminName, password, cancellationToken).ConfigureAwait(false);
            return new FirstStartNotice(FirstStartKind.Show, AdminName, password, null);
        }

        // The file first: a crash between leaves a password without its user, and the next start begins anew.
        string path = Path.Combine(_dataFolder, FileName);
        Write(path, password);
        await _users.AddUnclaimedAsync(AdminName, password, cancellationToken).ConfigureAwait(false);
        return new FirstStartNotice(FirstStartKind.Written, AdminName, null, path);
    }

    /// <summary>The file of <see cref="Forget"/>; null when there is none.</summary>
    public static string? FindPasswordFile(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Removes the file once its password is not the admin's any more.</summary>
    public static void Forget(string dataFolder) => File.Delete(Path.Combine(dataFolder, FileName));

    /// <summary>The first line, without its end.</summary>
    private static async Task<string> ReadPasswordFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] bytes = new byte[MaxPasswordFileBytes + 1];
            int length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (length > MaxPasswordFileBytes)
            {
                throw new AccessException($"--web.admin-password-file {path}: more than {MaxPasswordFileBytes} bytes: this is no password");
            }

            string text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n');
            return PasswordRule.Check(AdminName, text) is string reason ? throw new AccessException($"--web.admin-password-file {path}: {reason}") : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"--web.admin-password-file {path}: {exception.Message}");
        }
    }

    private static void Write(string path, string password)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // A file that is there already would keep its mode.
            File.Delete(path);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            string text = $"""
                # Made at the first start. Choose another password by: pharos user password {AdminName}
                # That removes this file as well.
                user {AdminName}
                password {password}

                """;
            using var file = new FileStream(path, options);
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"{path}: the password of the first admin cannot be written: {exception.Message}");
        }
    }
}
