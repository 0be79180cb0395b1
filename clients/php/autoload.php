<?php

declare(strict_types=1);

// For whoever does not use Composer: finds the classes of this client, and nothing else.
spl_autoload_register(static function (string $class): void {
    foreach (['Erpsync\\V1\\' => 'gen', 'Erpsync\\' => 'src'] as $namespace => $folder) {
        if (str_starts_with($class, $namespace)) {
            $file = __DIR__ . "/$folder/" . strtr(substr($class, strlen($namespace)), '\\', '/') . '.php';
            if (is_file($file)) {
                require $file;
                return;
            }
        }
    }
});
